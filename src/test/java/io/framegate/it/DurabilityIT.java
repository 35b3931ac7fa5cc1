package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Http;
import io.framegate.it.support.ImageFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What is on disk when the camera has its answer. The gateway's whole Java machine runs on a file system that writes
 * down, in their order, what is forced, renamed and deleted; what is there when the answer is read came before it.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class DurabilityIT {

    private static final String NAME = "${header.FramegateCameraName}/${header.FramegateCounter}.jpg";

    private static final int IMAGE = 20_000;

    @TempDir
    private Path directory;

    private Path record;
    private GatewayProcess gateway;
    private ImageFolder images;

    @BeforeEach
    void spy() throws IOException {
        Path boot = Files.createDirectories(directory.resolve("boot/io/framegate/store/durable"));
        try (Stream<Path> classes = Files.list(Path.of("target/test-classes/io/framegate/store/durable"))) {
            for (Path spied : classes.filter(
                            file -> file.getFileName().toString().startsWith("Spied"))
                    .toList()) {
                Files.copy(spied, boot.resolve(spied.getFileName()));
            }
        }
        record = Files.createFile(directory.resolve("record"));
        gateway = new GatewayProcess(directory.resolve("gateway"))
                .withOption("-Xbootclasspath/a:" + directory.resolve("boot"))
                .withOption("-Djava.nio.file.spi.DefaultFileSystemProvider=io.framegate.store.durable.SpiedFiles")
                .withOption("-Dspied.files=" + record)
                .with("framegate.images.name", NAME)
                .with("framegate.deliver.file.enabled", "true")
                .with("framegate.deliver.http.enabled", "true")
                .with("framegate.store.retries", "0");
        images = gateway.images();
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    private List<String> recorded() {
        try {
            return Files.readAllLines(record).stream()
                    .map(line -> line.replaceAll("\\.framegate-[^ ]*\\.part", "part"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What happened to images, claims and the quarantine while this was sent and answered. */
    private List<String> happenedDuring(Runnable sending) {
        int before = recorded().size();
        sending.run();
        return recorded().subList(before, recorded().size()).stream()
                .filter(line -> line.matches("\\w+ (images|outbox|quarantine).*"))
                .toList();
    }

    private void post(CameraPacket packet, int status) {
        try (Camera camera = gateway.camera()) {
            assertThat(camera.post(packet.xml()).status()).isEqualTo(status);
        }
    }

    /** Makes forces fail from now on, of paths whose end matches this pattern. */
    private void fail(String ending) {
        try {
            Files.writeString(Path.of(record + ".failing"), ending);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void alwaysForcesClaimsAndImageThenRenamesThenForcesDirectories() {
        gateway.with("framegate.durability", "always").start();
        String name = "images/02_00_5E_20_00_01/";
        assertThat(happenedDuring(() -> post(CameraPacket.scene(1, IMAGE), 200)))
                .containsExactly(
                        "mkdir " + name.substring(0, name.length() - 1),
                        "force " + name + "part",
                        "force outbox/file/0000000000000000000.claims",
                        "force outbox/file",
                        "force outbox/http/0000000000000000000.claims",
                        "force outbox/http",
                        "move " + name + "part " + name + "1.jpg",
                        "force images",
                        "force images/02_00_5E_20_00_01");
        assertThat(happenedDuring(() -> post(CameraPacket.scene(1, IMAGE), 200)))
                .containsExactly(
                        "force " + name + "part",
                        "force outbox/file/0000000000000000000.claims",
                        "force outbox/http/0000000000000000000.claims",
                        "move " + name + "part " + name + "2.jpg",
                        "force images/02_00_5E_20_00_01");
        assertThat(recorded()).contains("force images/.framegate/counter.tmp", "force images/.framegate");
    }

    @Test
    void alwaysTheLogSaysAcceptedOnlyWhenAllIsForced() {
        gateway.with("framegate.durability", "always").start();
        try (Camera camera = gateway.camera()) {
            camera.send(CameraPacket.scene(1, IMAGE).xml());
            eventually("accepted").until(() -> {
                // Read first: what is recorded after it may come after it.
                boolean accepted = !gateway.logLines("event accepted").isEmpty();
                assertThat(accepted && !recorded().contains("force images/02_00_5E_20_00_01"))
                        .as("accepted, but not forced: %s", recorded())
                        .isFalse();
                return accepted;
            });
        }
    }

    @Test
    void noneForcesNothing() {
        gateway.start();
        assertThat(happenedDuring(() -> post(CameraPacket.scene(1, IMAGE), 200)))
                .noneMatch(line -> line.startsWith("force"));
    }

    @Test
    void intervalForcesTheSameSoonAfterTheAnswerAndAStopForcesTheRest() {
        gateway.with("framegate.durability", "interval")
                .with("framegate.durability.interval", "300ms")
                .start();
        post(CameraPacket.scene(1, IMAGE), 200);
        eventually("forced").until(() -> recorded().contains("force images/02_00_5E_20_00_01"));
        assertThat(recorded())
                .containsSubsequence(
                        "force outbox/file/0000000000000000000.claims",
                        "force outbox/file",
                        "force images/02_00_5E_20_00_01/1.jpg",
                        "force images",
                        "force images/02_00_5E_20_00_01");
        assertThat(recorded()).contains("force outbox/http/0000000000000000000.claims");
        gateway.terminate();

        gateway.with("framegate.durability.interval", "1h").start();
        assertThat(happenedDuring(() -> post(CameraPacket.scene(1, IMAGE), 200)))
                .noneMatch(line -> line.startsWith("force"));
        assertThat(happenedDuring(() -> gateway.terminate()))
                .anyMatch(line -> line.matches("force images/02_00_5E_20_00_01/\\d+\\.jpg"))
                .contains("force images/02_00_5E_20_00_01");
        assertThat(gateway.logLines(" ERROR ")).isEmpty();
    }

    @Test
    void imageThatCannotBeForcedIsForcedIntoTheQuarantine() {
        gateway.with("framegate.durability", "always").start();
        CameraPacket packet = CameraPacket.scene(1, IMAGE);
        fail("images/.*part");
        List<String> happened = happenedDuring(() -> post(packet, 503));
        fail("");
        assertThat(String.join("\n", happened))
                .containsPattern(
                        "force quarantine/part\nmove quarantine/part .*_not-stored_.*\\.bin\nforce quarantine\n")
                .endsWith("force quarantine");
        assertThat(images.look()).isEmpty();
        assertThat(images.temporaryFiles()).isEmpty();
        CameraPacket next = CameraPacket.scene(1, IMAGE);
        post(next, 200);
        assertThat(images.look().values()).containsExactlyElementsOf(next.hashes());
        assertThat(gateway.logLines("event not stored", "Input/output error")).hasSize(1);
    }

    @Test
    void imageWhoseNameCannotBeForcedIsTakenBack() {
        gateway.with("framegate.durability", "always")
                .with("framegate.store.retries", "3")
                .start();
        fail("02_00_5E_20_00_01");
        List<String> happened = happenedDuring(() -> post(CameraPacket.scene(1, IMAGE), 503));
        fail("");
        assertThat(happened)
                .as("a force that failed is not tried again")
                .containsOnlyOnce("failed images/02_00_5E_20_00_01")
                .contains("delete images/02_00_5E_20_00_01/1.jpg");
        assertThat(images.look()).isEmpty();
    }

    @Test
    void claimsThatCannotBeForcedAreMadeAnewInAnotherFile() {
        gateway.with("framegate.durability", "always")
                .with("framegate.store.retries", "5")
                .with("framegate.store.retry-delay", "300ms")
                .start();
        post(CameraPacket.scene(1, IMAGE), 200);
        CameraPacket packet = CameraPacket.scene(1, IMAGE);
        fail("http/0000000000000000000.claims");
        List<String> happened = happenedDuring(() -> post(packet, 200));
        assertThat(happened)
                .containsOnlyOnce("failed outbox/http/0000000000000000000.claims")
                .containsSubsequence("force outbox/http/0000000000000000002.claims", "force outbox/http")
                .endsWith("force images/02_00_5E_20_00_01");
        assertThat(images.look().values()).containsAll(packet.hashes());
        eventually("delivered")
                .until(() -> ImageFolder.files(gateway.directory().resolve("delivered"))
                                .size()
                        == 2);
    }

    @Test
    void imageThatIsWrittenAnewAfterAFailedForceIsAccepted() throws IOException {
        gateway.with("framegate.durability", "always")
                .with("framegate.store.retries", "20")
                .with("framegate.store.retry-delay", "100ms")
                .start();
        CameraPacket packet = CameraPacket.scene(1, IMAGE);
        fail(".part");
        try (Camera camera = gateway.camera()) {
            camera.send(Http.post("/alarm", packet.xml()));
            eventually("the second attempt")
                    .until(() -> recorded().stream()
                                    .filter(line -> line.startsWith("failed "))
                                    .count()
                            > 1);
            fail("");
            assertThat(camera.answer().status()).isEqualTo(200);
        }
        assertThat(images.look().values()).containsExactlyElementsOf(packet.hashes());
        assertThat(recorded().stream().filter(line -> line.matches("(failed|delete) .*part")))
                .as("each attempt has a file of its own")
                .startsWith("failed images/02_00_5E_20_00_01/part", "delete images/02_00_5E_20_00_01/part");
    }
}
