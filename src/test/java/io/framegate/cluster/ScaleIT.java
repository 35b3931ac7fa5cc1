package io.framegate.cluster;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.FramegateJar;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What one more camera costs. Each camera posts a picture of 60 KB every ten seconds. The figures are in
 * {@code target/scale.txt}.
 */
@Tag("cluster")
class ScaleIT {

    private static final int IMAGE_LENGTH = 60_000;
    private static final Duration WARM = Duration.ofSeconds(60);
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final Path FIGURES = Path.of("target/scale.txt");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"100,1", "1000,1", "3000,1", "10000,1", "10000,3"})
    void camerasCostWhatTheySend(int cameras, int gateways) throws Exception {
        Path pictures = Files.createDirectories(directory.resolve("pictures"));
        Files.write(pictures.resolve("a.jpg"), Pictures.bareJpeg(IMAGE_LENGTH));
        List<GatewayProcess> all = new ArrayList<>();
        try {
            for (int number = 0; number < gateways; number++) {
                all.add(new GatewayProcess(directory.resolve("gateway-" + number))
                        .withOption("-Xmx512m")
                        // All cameras have one address here.
                        .with("framegate.intake.memory", "50%")
                        .with("framegate.intake.memory-per-peer", "100%")
                        .with("framegate.intake.max-connections", "12000")
                        .with("framegate.intake.max-connections-per-peer", "12000")
                        .start());
            }
            long idle = memory(all);
            Process simulation = simulate(all, cameras, pictures);
            pass(WARM);
            Duration before = processor(all);
            long images = images(all);
            long start = System.nanoTime();
            pass(MEASURED);
            double processor = (processor(all).toMillis() - before.toMillis()) / 1000.0;
            double seconds = (System.nanoTime() - start) / 1e9;
            double rate = (images(all) - images) / seconds;
            long memory = memory(all);
            String summary = new String(simulation.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(
                    FIGURES,
                    String.format(
                            Locale.ROOT,
                            "%d cameras, %d gateways: %.0f images/s, %.1f %% of a processor, %.2f ms an image, %d MB"
                                    + " (idle %d MB), answered after %s%n",
                            cameras,
                            gateways,
                            rate,
                            100 * processor / seconds,
                            1000 * processor / (rate * seconds),
                            memory / 1024,
                            idle / 1024,
                            ofSummary(summary, "latencyMillis")),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            assertThat(summary).containsPattern("connectionsLost +0\\R").containsPattern("images +[1-9]");
            eventually("all stored", Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(images(all)).isEqualTo(Long.valueOf(ofSummary(summary, "images"))));
        } finally {
            all.forEach(GatewayProcess::close);
        }
    }

    private static void pass(Duration time) {
        Awaitility.await().pollDelay(time).timeout(time.plusMinutes(1)).until(() -> true);
    }

    private static Process simulate(List<GatewayProcess> gateways, int cameras, Path pictures) throws IOException {
        String to = gateways.stream()
                .map(gateway -> "127.0.0.1:" + gateway.cameraPort())
                .collect(Collectors.joining(","));
        return new ProcessBuilder(FramegateJar.command(
                        List.of("-Xmx1g"),
                        "simulate",
                        "--to",
                        to,
                        "--cameras",
                        Integer.toString(cameras),
                        "--rate",
                        "6/m",
                        "--format",
                        "http-image",
                        "--images",
                        pictures.toString(),
                        "--duration",
                        WARM.plus(MEASURED).plusSeconds(10).toSeconds() + "s"))
                .redirectErrorStream(true)
                .start();
    }

    private static String ofSummary(String summary, String name) {
        return summary.replaceAll("(?s).*\\n" + name + " +([^\\n]+)\\R.*", "$1");
    }

    private static Duration processor(List<GatewayProcess> gateways) {
        return gateways.stream()
                .map(gateway -> ProcessHandle.of(gateway.pid())
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElseThrow())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The resident memory of all, in KB. */
    private static long memory(List<GatewayProcess> gateways) throws IOException {
        long all = 0;
        for (GatewayProcess gateway : gateways) {
            String status = Files.readString(Path.of("/proc", gateway.pid() + "", "status"));
            all += Long.valueOf(status.replaceAll("(?s).*VmRSS:\\s+(\\d+) kB.*", "$1"));
        }
        return all;
    }

    private static long images(List<GatewayProcess> gateways) throws IOException {
        long count = 0;
        for (GatewayProcess gateway : gateways) {
            try (Stream<Path> files = Files.list(gateway.directory().resolve("images"))) {
                count += files.filter(file -> file.toString().endsWith(".jpg")).count();
            }
        }
        return count;
    }
}
