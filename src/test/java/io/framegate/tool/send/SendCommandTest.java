package io.framegate.tool.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SendCommandTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--camera-id=7",
                "--camera-id=front/door --format=http",
                "--camera-id= --format=http-image",
                "--size=20000x20000",
                "--fps=0.0000000001",
                "--format=mpeg",
                "--size=480",
                "--quality=0",
                "--fps=25 --interval=40ms",
                "--fps=0",
                "--interval=40",
                "--retries=0",
                "--count=0",
                "--count=-3 --loop",
                "--to=nowhere"
            })
    void whatCannotBeMeantIsAWrongCommandLine(String options) {
        List<String> arguments = new ArrayList<>(List.of("pictures"));
        arguments.addAll(Arrays.asList(options.split(" ", -1)));
        if (!options.startsWith("--to")) {
            arguments.add("--to=127.0.0.1:1");
        }
        StringWriter said = new StringWriter();
        int exitCode = new CommandLine(new SendCommand())
                .setErr(new PrintWriter(said, true))
                .execute(arguments.toArray(new String[0]));
        assertThat(exitCode).isEqualTo(2);
        assertThat(said.toString().lines().findFirst().orElse("")).contains("(expected: ");
    }
}
