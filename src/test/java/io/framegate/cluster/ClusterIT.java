package io.framegate.cluster;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.FramegateJar;
import io.framegate.it.support.GatewayProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any gateway may vanish with its disk, any worker may be killed, and the broker may be restarted: what was accepted is
 * stored at a worker, in the order in which the camera sent it.
 *
 * <p>{@code -Dcluster.images}, {@code cluster.cameras} and {@code cluster.rate} (images a second) make it shorter.
 */
@Tag("cluster")
class ClusterIT {

    private static final int IMAGES = Integer.getInteger("cluster.images", 200_000);
    private static final int CAMERAS = Integer.getInteger("cluster.cameras", 1_000);
    private static final int RATE = Integer.getInteger("cluster.rate", 100);

    private static final Duration GATEWAY_LIVES = Duration.ofSeconds(20);
    private static final Duration WORKER_LIVES = Duration.ofSeconds(30);

    /** At the end nothing is killed, for longer than a camera waits for its answer and sends again. */
    private static final Duration CALM = Duration.ofSeconds(60);

    /** Simulated images say who they are. */
    private static final Pattern COMMENT =
            Pattern.compile("framegate simulate \\S+ camera (\\d+) packet (\\d+) image (\\d+)");

    private static final Pattern NUMBER = Pattern.compile("image_(\\d+)_.*");

    @TempDir
    private Path directory;

    private final AtomicInteger gatewaysLost = new AtomicInteger();
    private final AtomicInteger workersKilled = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** An image at a worker. */
    private record Stored(long number, int camera, long packet) {}

    @Test
    void whatWasAcceptedIsStoredAtAWorkerWhateverIsKilled() throws Exception {
        long seconds = IMAGES / RATE;
        try (Cluster cluster = new Cluster(directory)) {
            cluster.start("s3,kafka");
            ScheduledExecutorService killing = Executors.newSingleThreadScheduledExecutor();
            every(killing, GATEWAY_LIVES, () -> cluster.replaceGateway(gatewaysLost.getAndIncrement()));
            every(killing, WORKER_LIVES, () -> cluster.restartWorker(workersKilled.getAndIncrement()));
            killing.schedule(() -> watched(cluster::restartBroker), seconds / 2, TimeUnit.SECONDS);
            Process cameras = simulate(cluster, IMAGES);
            // An image that got no answer is sent again later, and after that its document is at the broker too.
            killing.schedule(killing::shutdown, seconds - CALM.toSeconds(), TimeUnit.SECONDS);
            String summary = new String(cameras.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            killing.shutdownNow();
            assertThat(killing.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
            assertThat(failure.get()).isNull();

            // The simulator compares what was answered with the objects. What was never answered was not promised.
            cameras.waitFor();
            assertThat(summary)
                    .containsPattern("answered=[1-9]")
                    .containsPattern("missing +0\\R")
                    .containsPattern("duplicates +0\\R")
                    .containsPattern("foreignOrHalf +0\\R");
            Set<String> objects = comments(cluster.objects()).keySet();
            eventually("all at workers", Duration.ofMinutes(10))
                    .pollInterval(Duration.ofSeconds(5))
                    .until(() -> atWorkers(cluster).containsAll(objects));

            int repeated = 0;
            for (GatewayProcess worker : cluster.workers()) {
                repeated += assertInOrder(comments(worker.directory().resolve("images")));
            }
            long stored = countAtWorkers(cluster);
            Files.writeString(
                    Path.of("target/cluster.txt"),
                    String.format(
                            Locale.ROOT,
                            "%d objects, %d stored at workers, %d of them again; %d gateways lost with their disks, %d"
                                    + " workers killed; %d bytes of the topic%n%s",
                            objects.size(),
                            stored,
                            repeated,
                            gatewaysLost.get(),
                            workersKilled.get(),
                            cluster.topicLength(),
                            summary));
            assertThat(cluster.countAtWorkers("MissingImageException"))
                    .as("documents before their objects")
                    .isZero();
            assertThat(cluster.countAtWorkers("dead letters")).isZero();
            // One may be stored and not yet marked when its worker is killed.
            assertThat(stored - objects.size()).isBetween(0L, (long) workersKilled.get());
        }
    }

    private void every(ScheduledExecutorService killing, Duration lives, Runnable kill) {
        killing.scheduleAtFixedRate(() -> watched(kill), lives.toSeconds(), lives.toSeconds(), TimeUnit.SECONDS);
    }

    private void watched(Runnable kill) {
        try {
            kill.run();
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    /**
     * A gateway is killed and its disk removed while the object store is away, so that images wait on that disk.
     * Nothing else is lost.
     */
    @Test
    void withoutAcceptAfterALostDiskTakesWhatWaitedOnIt() throws Exception {
        try (Cluster cluster = new Cluster(directory)) {
            cluster.start("");
            int images = 120 * RATE;
            Process cameras = simulate(cluster, images);
            GatewayProcess gateway = cluster.gateways().get(0);
            eventually("images are delivered")
                    .until(() -> comments(cluster.objects()).size() > images / 10);
            cluster.stopObjects();
            eventually("images wait").until(() -> waiting(gateway, cluster).size() > 20);
            gateway.kill();
            int waited = waiting(gateway, cluster).size();
            cluster.replaceGateway(0);
            cluster.startObjects();
            String summary = new String(cameras.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            cameras.waitFor();
            Files.writeString(
                    Path.of("target/cluster-lost.txt"),
                    waited + " waited on the lost disk" + System.lineSeparator() + summary);
            Matcher missing = Pattern.compile("missing +(\\d+)\\R").matcher(summary);
            assertThat(missing.find()).isTrue();
            assertThat(waited).isPositive();
            assertThat(Integer.valueOf(missing.group(1))).isBetween(1, waited);
        }
    }

    /** The images on the disk of a gateway that the object store has not got. */
    private static Set<String> waiting(GatewayProcess gateway, Cluster cluster) throws IOException {
        Set<String> waiting =
                new HashSet<>(comments(gateway.directory().resolve("images")).keySet());
        waiting.removeAll(comments(cluster.objects()).keySet());
        return waiting;
    }

    private static Process simulate(Cluster cluster, int images) throws IOException {
        long seconds = images / RATE;
        long perMinute = Math.max(1, RATE * 60L / CAMERAS);
        return new ProcessBuilder(FramegateJar.command(
                        List.of("-Xmx512m"),
                        "simulate",
                        "--to",
                        cluster.addresses(),
                        "--format",
                        "http-image",
                        "--cameras",
                        Integer.toString(CAMERAS),
                        "--rate",
                        perMinute + "/m",
                        "--duration",
                        seconds + "s",
                        "--settle",
                        "60s",
                        "--verify",
                        cluster.objects().toString()))
                .redirectErrorStream(true)
                .start();
    }

    private static Set<String> atWorkers(Cluster cluster) throws IOException {
        Set<String> all = new HashSet<>();
        for (GatewayProcess worker : cluster.workers()) {
            all.addAll(comments(worker.directory().resolve("images")).keySet());
        }
        return all;
    }

    private static long countAtWorkers(Cluster cluster) throws IOException {
        long count = 0;
        for (GatewayProcess worker : cluster.workers()) {
            for (List<Long> numbers :
                    comments(worker.directory().resolve("images")).values()) {
                count += numbers.size();
            }
        }
        return count;
    }

    /** The images below a directory by their comments, each with the numbers of its files. */
    private static Map<String, List<Long>> comments(Path images) throws IOException {
        Map<String, List<Long>> found = new HashMap<>();
        try (Stream<Path> files = Files.walk(images)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".jpg")).toList()) {
                String start = start(file);
                Matcher comment = COMMENT.matcher(start);
                Matcher number = NUMBER.matcher(file.getFileName().toString());
                if (comment.find()) {
                    found.computeIfAbsent(comment.group(), one -> new ArrayList<>())
                            .add(number.matches() ? Long.valueOf(number.group(1)) : 0L);
                }
            }
        }
        return found;
    }

    private static String start(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return new String(bytes.readNBytes(200), StandardCharsets.ISO_8859_1);
        }
    }

    /** A worker numbers images as it stores them. Returns how many it has twice. */
    private static int assertInOrder(Map<String, List<Long>> images) {
        List<Stored> first = new ArrayList<>();
        int twice = 0;
        for (Map.Entry<String, List<Long>> image : images.entrySet()) {
            Matcher comment = COMMENT.matcher(image.getKey());
            assertThat(comment.matches()).isTrue();
            first.add(new Stored(
                    image.getValue().stream().min(Comparator.naturalOrder()).orElseThrow(),
                    Integer.valueOf(comment.group(1)),
                    Long.valueOf(comment.group(2))));
            twice += image.getValue().size() - 1;
        }
        first.sort(Comparator.comparingLong(Stored::number));
        Map<Integer, Long> last = new HashMap<>();
        for (Stored image : first) {
            Long before = last.put(image.camera(), image.packet());
            assertThat(before == null || before < image.packet())
                    .as("camera %d: packet %d after %d", image.camera(), image.packet(), before)
                    .isTrue();
        }
        return twice;
    }
}
