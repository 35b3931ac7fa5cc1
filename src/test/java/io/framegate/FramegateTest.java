package io.framegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line, without the commands' work. */
class FramegateTest {

    private static String said(String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine line = Framegate.commandLine().setOut(new PrintWriter(said, true));
        assertThat(line.execute(arguments)).isZero();
        return said.toString();
    }

    @Test
    void versionIsACommandAndAnOption() {
        assertThat(said("version").lines())
                .containsExactly("framegate development", "Java " + System.getProperty("java.version"));
        assertThat(said("--version")).isEqualTo(said("version"));
    }

    @Test
    void completionIsAScriptThatBashCanRead(@TempDir Path directory) throws Exception {
        String script = said("generate-completion");
        assertThat(script).contains("send", "--count", "replay", "complete -F _complete_framegate");
        assumeTrue(hasBash(), "bash is not installed");
        Path file = Files.writeString(directory.resolve("completion"), script);
        Process bash = new ProcessBuilder("bash", "-n", file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--config", "--routes", "--data"})
    void optionBeforeACommandIsRefused(String option) {
        StringWriter said = new StringWriter();
        String[] arguments = {option, "elsewhere", "check"};
        CommandLine line = Framegate.commandLine().setErr(new PrintWriter(said, true));
        assertThat(line.execute(arguments)).isEqualTo(2);
        assertThat(said.toString())
                .contains(option + ": before the command (expected: after it, as in framegate check " + option);
    }

    private static boolean hasBash() throws InterruptedException {
        try {
            return new ProcessBuilder("bash", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void completionIsNotAmongTheCommandsOfTheHelp() {
        assertThat(said("--help")).contains("simulate", "version").doesNotContain("generate-completion");
    }
}
