package io.framegate.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Jazzer looks for inputs that break a promise, {@code -Dfuzz.minutes} for each target, or for {@code -Dfuzz.target}
 * alone. It keeps its corpus and its output in {@code target/fuzz}. The input of a finding becomes a file in
 * {@code src/test/resources/fuzz}.
 */
@Tag("fuzz")
class FuzzingTest {

    private static final int MINUTES = Integer.getInteger("fuzz.minutes", 1);
    private static final int MAX_LENGTH = 16 << 10;

    static Stream<FuzzTarget> chosen() {
        String only = System.getProperty("fuzz.target", "");
        return FuzzTarget.all().stream().filter(target -> only.isEmpty() || only.equals(target.name()));
    }

    @ParameterizedTest
    @MethodSource("chosen")
    void nothingBreaksAPromise(FuzzTarget target) throws IOException, InterruptedException {
        Path folder = Path.of("target/fuzz", target.name()).toAbsolutePath();
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        int number = 0;
        for (byte[] bytes : target.corpus()) {
            Files.write(corpus.resolve("seed-" + number++), bytes);
        }
        Path output = folder.resolve("output.txt");
        Process jazzer = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + FuzzEntry.class.getName(),
                        "--target_args=" + target.name(),
                        "--instrumentation_includes=io.framegate.**",
                        // Those of the JDK and of Netty look for misuse of Unsafe, which is what Netty is made of.
                        "--custom_hook_includes=io.framegate.**",
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + folder + "/",
                        "-max_len=" + MAX_LENGTH,
                        "-max_total_time=" + TimeUnit.MINUTES.toSeconds(MINUTES),
                        "-timeout=20",
                        "-rss_limit_mb=0",
                        corpus.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(jazzer.waitFor(MINUTES + 5, TimeUnit.MINUTES))
                    .as("ended")
                    .isTrue();
            String said = Files.readString(output);
            assertThat(jazzer.exitValue())
                    .as(() -> target + "\n" + said.substring(Math.max(0, said.length() - 4000)))
                    .isZero();
            assertThat(said).contains("DONE");
        } finally {
            jazzer.destroyForcibly();
        }
    }
}
