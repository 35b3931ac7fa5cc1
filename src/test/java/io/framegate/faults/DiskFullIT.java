package io.framegate.faults;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Senders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The images, or the outbox, are on a disk of 20 MB that nobody else sees: a tmpfs in a mount namespace of the
 * gateway's own. A file of somebody else's fills it. What is stored is delivered to another disk, and deleted here when
 * it is.
 */
@Tag("faults")
class DiskFullIT {

    private static final String MOUNTED = "mount -t tmpfs -o size=20m tmpfs $DISK && exec \"$@\"";

    private static final String FEW_INODES = "mount -t tmpfs -o size=20m,nr_inodes=300 tmpfs disk && exec \"$@\"";

    private static final Pattern STORED = Pattern.compile("event accepted .* stored=\"([^\"]+)\"");

    private static final int IMAGE_SIZE = 300_000;

    @TempDir
    private Path directory;

    private final Senders senders = new Senders();
    private Path home;
    private GatewayProcess gateway;

    /** As the gateway sees it. */
    private Path disk;

    private ImageFolder stored;
    private ImageFolder delivered;

    @BeforeEach
    void namespacesAreAllowed() throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve("try/images"));
        Process attempt = new ProcessBuilder("unshare", "-Urm", "sh", "-c", mounted("images"), "sh", "true")
                .directory(directory.resolve("try").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = attempt.waitFor(10, TimeUnit.SECONDS);
        assumeTrue(ended && attempt.exitValue() == 0, "needs user namespaces: unshare -Urm is not permitted here");
    }

    private static String mounted(String name) {
        return MOUNTED.replace("$DISK", name);
    }

    private void start(String onDisk, String minFree) throws IOException {
        home = Files.createDirectories(directory.resolve("gateway"));
        Files.createDirectories(home.resolve(onDisk));
        gateway = new GatewayProcess(home)
                .under("unshare", "-Urm", "sh", "-c", mounted(onDisk), "sh")
                .with("framegate.disk.min-free", minFree)
                .with("framegate.store.retries", "1")
                .with("framegate.deliver.file.enabled", "true")
                .with("framegate.deliver.file.name", "${header.FramegateFileName}")
                .start();
        // The shell became the gateway, so this is the gateway's view of its directory.
        Path root = Path.of("/proc", Long.toString(gateway.pid()), "root" + home.toAbsolutePath());
        disk = root.resolve(onDisk);
        stored = new ImageFolder(root.resolve("images"));
        delivered = new ImageFolder(home.resolve("delivered"));
    }

    @AfterEach
    void end() {
        senders.close();
        if (gateway != null) {
            gateway.close();
        }
    }

    /** All that is free but this much; until there is not one byte, if that is 0. */
    private Path fill(int leaving) throws IOException {
        Path filler = disk.resolve("filler");
        long free = disk.toFile().getUsableSpace() - leaving;
        byte[] block = new byte[4096];
        try (var out = Files.newOutputStream(filler)) {
            for (long written = 0; written + block.length <= free; written += block.length) {
                out.write(block);
            }
        }
        return filler;
    }

    /** Makes space as an operator does who knows what is delivered. */
    private void deleteDelivered() {
        try {
            Set<String> names = delivered.look().keySet();
            stored.look();
            for (Path file : ImageFolder.files(disk)) {
                if (names.contains(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send() {
        for (int number = 0; number < 4; number++) {
            senders.post(gateway.cameraPort(), number, IMAGE_SIZE);
        }
        senders.stream(gateway.framesPort(), 5, IMAGE_SIZE);
        senders.stream(gateway.cameraPort(), 6, 20_000);
    }

    private Set<String> acceptedInTheLog() {
        return STORED.matcher(gateway.log())
                .results()
                .map((MatchResult line) -> line.group(1).split(",", -1))
                .flatMap(Arrays::stream)
                .collect(Collectors.toSet());
    }

    /** Everything that was answered with success or logged as accepted, or went whole into a connection. */
    private void allIsDelivered() {
        eventually("all images delivered", Duration.ofMinutes(1)).until(() -> {
            deleteDelivered();
            Set<String> hashes = new HashSet<>(delivered.look().values());
            return hashes.containsAll(senders.accepted()) && hashes.containsAll(senders.whole());
        });
        assertThat(senders.accepted()).hasSizeGreaterThan(4);
        assertThat(senders.whole()).hasSizeGreaterThan(4);
        assertThat(acceptedInTheLog()).isEqualTo(delivered.look().keySet());
        assertThat(senders.begun()).as("nothing half").containsAll(stored.look().values());
        assertThat(senders.begun()).containsAll(delivered.look().values());
        assertThat(stored.look().keySet()).isSubsetOf(delivered.look().keySet());
        assertThat(ImageFolder.files(gateway.quarantine())).isEmpty();
        assertThat(gateway.logLines("not stored")).isEmpty();
        assertThat(gateway.logLines("\tat ")).as("stack traces").isEmpty();
        eventually("no temporary file").until(() -> stored.temporaryFiles().isEmpty());
    }

    @ParameterizedTest(name = "{0}, {1} kept free, {2} left")
    @CsvSource({
        // Full to the last byte, in the middle of a write.
        "images, 0, 3000000",
        "outbox, 0, 0",
        // As shipped: half of so small a disk.
        "images, 100MB, 13000000",
        "outbox, 100MB, 4096",
    })
    void nothingAcceptedIsLostAndItGoesOnWhenThereIsSpace(String onDisk, String minFree, int left) throws Exception {
        start(onDisk, minFree);
        Path filler = fill(left);
        send();
        gateway.awaitLog(Duration.ofMinutes(1), " ERROR ", "disk nearly full", "directory=\"" + onDisk + "\"");
        assertThat(health()).contains("\"DOWN\"");
        AtomicInteger begun = new AtomicInteger();
        Awaitility.await("cameras wait")
                .during(Duration.ofMillis(1500))
                .atMost(Duration.ofSeconds(15))
                .until(() -> begun.getAndSet(senders.begun().size())
                        == senders.begun().size());
        assertThat(senders.refused()).isZero();
        int acceptedBefore = senders.accepted().size();
        int loggedBefore = acceptedInTheLog().size();

        Files.delete(filler);
        eventually("accepted again", Duration.ofSeconds(5)).until(() -> {
            deleteDelivered();
            return senders.accepted().size() > acceptedBefore
                    && acceptedInTheLog().size() > loggedBefore;
        });
        CompletableFuture<Void> stop = CompletableFuture.runAsync(senders::stop);
        eventually("senders stopped", Duration.ofMinutes(1)).until(() -> {
            deleteDelivered();
            return stop.isDone();
        });
        allIsDelivered();
        eventually("space again").until(() -> {
            deleteDelivered();
            return health().contains("\"UP\"");
        });
        assertThat(gateway.logLines("disk has space again")).isNotEmpty();
        assertThat(gateway.terminate()).isEqualTo(143);
        assertThat(gateway.logLines(" ERROR ")).hasSameSizeAs(gateway.logLines("disk nearly full"));
    }

    private String health() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.webPort() + "/observe/health"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /** Rejects use up the inodes or the blocks of a disk, which has the images too or only the quarantine. */
    @ParameterizedTest(name = "{0}, images on it: {1}")
    @CsvSource({"inodes, true", "inodes, false", "blocks, true", "blocks, false"})
    void rejectsThatUseUpADiskStopNoCamera(String what, boolean withImages) throws Exception {
        home = Files.createDirectories(directory.resolve("gateway"));
        Files.createDirectories(home.resolve("disk"));
        boolean blocks = what.equals("blocks");
        gateway = new GatewayProcess(home)
                .under("unshare", "-Urm", "sh", "-c", blocks ? mounted("disk") : FEW_INODES, "sh")
                .with("framegate.disk.min-free", "1MB")
                .with("framegate.quarantine.directory", "disk/quarantine")
                .with("framegate.images.directory", withImages ? "disk/images" : "images")
                .start();
        byte[] garbage = blocks
                ? CameraPacket.scene(99, new byte[IMAGE_SIZE]).xml()
                : "no packet at all".getBytes(StandardCharsets.US_ASCII);
        try (Camera good = gateway.camera()) {
            for (int number = 0; number < 60; number++) {
                for (int bad = 0; bad < (blocks ? 3 : 10); bad++) {
                    try (Camera peer = gateway.camera()) {
                        peer.send(garbage).finish();
                    }
                }
                CameraPacket packet = CameraPacket.scene(number, 2_000);
                long began = System.nanoTime();
                assertThat(good.post(packet.xml()).status()).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            }
        }
        assertThat(gateway.logLines("event not stored")).isEmpty();
        assertThat(gateway.logLines("quarantine full: oldest files deleted")).isNotEmpty();
        if (!withImages || blocks) {
            assertThat(gateway.logLines("disk nearly full")).isEmpty();
        }
        assertThat(gateway.logLines("\tat ")).as("stack traces").isEmpty();
    }

    @Test
    void stopWhileTheDiskIsFullTakesSecondsAndSaysWhatIsNotStored() throws IOException {
        start("images", "0");
        fill(1_000_000);
        CameraPacket large = CameraPacket.scene(1, 2_000_000);
        CameraPacket other = CameraPacket.scene(2, 2_000_000);
        try (Camera posts = gateway.camera();
                Camera streams = gateway.camera()) {
            CompletableFuture<Integer> answer =
                    CompletableFuture.supplyAsync(() -> posts.post(large.xml()).status());
            streams.send(other.xml());
            gateway.awaitLog(Duration.ofMinutes(1), "disk nearly full");
            long began = System.nanoTime();
            assertThat(gateway.terminate()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
            assertThat(answer.join()).isEqualTo(503);
        }
        assertThat(gateway.logLines("event not stored", "No space left on device"))
                .hasSize(2);
        List<Path> kept = ImageFolder.files(gateway.quarantine());
        assertThat(kept.stream().filter(file -> file.toString().endsWith(".bin")))
                .as("images in the quarantine, which is on another disk")
                .hasSize(2);
        assertThat(gateway.logLines("\tat ")).as("stack traces").isEmpty();
    }
}
