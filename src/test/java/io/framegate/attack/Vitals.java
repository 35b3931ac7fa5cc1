package io.framegate.attack;

import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a gateway takes. A figure that a gateway no longer gives is -1.
 *
 * @param heap bytes in use after a collection
 * @param resident bytes of memory of the process
 * @param held bytes that connections hold, by the gateway's own account
 */
record Vitals(long heap, long resident, long held, int threads, int descriptors) {

    /** One line for the heap of G1, two for those of the other collectors. */
    private static final Pattern HEAP = Pattern.compile("(?m)^ *(?:garbage-first|def|tenured|PS|Par).* used (\\d+)K");

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
    private static final Pattern HELD = Pattern.compile("(?m)^framegate_inflight_bytes (\\S+)$");

    /** Collects garbage first. */
    static Vitals afterCollection(GatewayProcess gateway) throws IOException, InterruptedException {
        jcmd(gateway, "GC.run");
        // What a reference queue has let go.
        jcmd(gateway, "GC.run");
        String heap = jcmd(gateway, "GC.heap_info");
        String status = read(gateway, "status");
        return new Vitals(
                kilobytes(HEAP.matcher(heap).results()),
                kilobytes(RESIDENT.matcher(status).results()),
                held(gateway),
                (int) (kilobytes(THREADS.matcher(status).results()) >> 10),
                descriptors(gateway));
    }

    /** Bytes that connections hold now. */
    static long held(GatewayProcess gateway) {
        String metrics;
        try {
            metrics = new RawHttp(gateway.webPort()).get("/observe/metrics").body();
        } catch (UncheckedIOException silent) {
            return -1;
        }
        return HELD.matcher(metrics)
                .results()
                .map(found -> (long) Double.parseDouble(found.group(1)))
                .findFirst()
                .orElse(-1L);
    }

    private static long kilobytes(Stream<MatchResult> found) {
        return found.map(match -> Long.parseLong(match.group(1), 10) << 10)
                .reduce(Long::sum)
                .orElse(-1L);
    }

    private static int descriptors(GatewayProcess gateway) {
        String[] open =
                Path.of("/proc", Long.toString(gateway.pid()), "fd").toFile().list();
        return open == null ? -1 : open.length;
    }

    private static String read(GatewayProcess gateway, String file) throws IOException {
        Path path = Path.of("/proc", Long.toString(gateway.pid()), file);
        return Files.exists(path) ? Files.readString(path) : "";
    }

    private static String jcmd(GatewayProcess gateway, String command) throws IOException, InterruptedException {
        Path answer = Files.createTempFile("framegate-jcmd", "");
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(gateway.pid()),
                            command)
                    .redirectErrorStream(true)
                    .redirectOutput(answer.toFile())
                    .start();
            if (!jcmd.waitFor(10, TimeUnit.SECONDS)) {
                jcmd.destroyForcibly().waitFor();
            }
            return Files.readString(answer, StandardCharsets.UTF_8);
        } finally {
            Files.delete(answer);
        }
    }
}
