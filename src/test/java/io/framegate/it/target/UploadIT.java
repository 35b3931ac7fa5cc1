package io.framegate.it.target;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Uploads leave nothing half done at the target, and a server that refuses a rename holds up nobody. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("faults")
class UploadIT {

    private static final Duration ARRIVES = Duration.ofSeconds(40);
    private static final byte[] IMAGE = Pictures.bareJpeg(20_000);
    private static final String NAME = "newest.jpg";

    @ParameterizedTest
    @EnumSource(names = {"FTP", "SFTP"})
    void fileInTheWayIsReplacedWhereTheServerDoesNotRenameOntoIt(Target target, @TempDir Path directory)
            throws IOException {
        try (TargetServer server = target.server(directory.resolve("server"));
                GatewayProcess gateway = gateway(target, server, directory)) {
            UploadDirectory uploads = uploads(server);
            Files.write(uploads.file(NAME), new byte[100]);
            uploads.renameOnlyTo(file -> !Files.exists(file));
            server.start();
            gateway.start();
            DeliverIT.post(gateway, IMAGE);

            awaitAll(gateway, target, "waiting=0 setAside=0");
            assertThat(uploads.names()).containsExactly(NAME);
            assertThat(uploads.file(NAME)).hasBinaryContent(IMAGE);
        }
    }

    /** The answer to an earlier attempt was lost, and the server never deletes. */
    @ParameterizedTest
    @EnumSource(names = {"FTP", "SFTP"})
    void imageThatAnEarlierAttemptDeliveredIsDelivered(Target target, @TempDir Path directory) throws IOException {
        try (TargetServer server = target.server(directory.resolve("server"));
                GatewayProcess gateway = gateway(target, server, directory)) {
            UploadDirectory uploads = uploads(server);
            Files.write(uploads.file(NAME), IMAGE);
            uploads.renameOnlyTo(file -> !Files.exists(file));
            uploads.keepAll();
            server.start();
            gateway.start();
            DeliverIT.post(gateway, IMAGE);

            awaitAll(gateway, target, "waiting=0 setAside=0");
            assertThat(uploads.file(NAME)).hasBinaryContent(IMAGE);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FTP", "SFTP"})
    void refusedRenameIsARefusalAndLeavesNothing(Target target, @TempDir Path directory) throws IOException {
        try (TargetServer server = target.server(directory.resolve("server"));
                GatewayProcess gateway = gateway(target, server, directory)) {
            UploadDirectory uploads = uploads(server);
            server.start();
            gateway.start();
            // Before it has taken anything, what it refuses would wait.
            DeliverIT.post(gateway, IMAGE);
            awaitAll(gateway, target, "waiting=0 setAside=0");
            Files.delete(uploads.file(NAME));
            uploads.renameOnlyTo(file -> false);
            DeliverIT.post(gateway, IMAGE);
            awaitAll(gateway, target, "waiting=0 setAside=1");
            assertThat(uploads.names()).isEmpty();

            uploads.renameOnlyTo(file -> true);
            DeliverIT.post(gateway, IMAGE);
            awaitAll(gateway, target, "waiting=0 setAside=1");
            assertThat(uploads.names()).containsExactly(NAME);
        }
    }

    /** It refuses all images alike, and the gateway goes on by itself when the directory is right. */
    @ParameterizedTest
    @EnumSource(names = {"FTP", "SFTP"})
    void directoryThatMayNotBeWrittenToIsWaitedFor(Target target, @TempDir Path directory) throws IOException {
        try (TargetServer server = target.server(directory.resolve("server"));
                GatewayProcess gateway = gateway(target, server, directory)) {
            server.refuse(name -> true);
            server.start();
            gateway.start();
            assertWaits(gateway, target);
            server.refuse(name -> false);
            awaitAll(gateway, target, "waiting=0 setAside=0");
            assertThat(uploads(server).names()).containsExactly(NAME);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FTP", "SFTP"})
    void directoryThatCannotBeMadeIsWaitedFor(Target target, @TempDir Path directory) throws IOException {
        try (TargetServer server = target.server(directory.resolve("server"));
                GatewayProcess gateway = gateway(target, server, directory)
                        .with("framegate.deliver." + target.kind() + ".directory", "images/file/deep")) {
            Path file = Files.createFile(uploads(server).file("file"));
            server.start();
            gateway.start();
            DeliverIT.post(gateway, IMAGE);
            DeliverIT.post(gateway, IMAGE);
            // An SFTP server says "general failure", which is no refusal.
            gateway.awaitLog(ARRIVES, "not delivered, trying again");
            awaitAll(gateway, target, "waiting=2 setAside=0");
            Files.delete(file);
            awaitAll(gateway, target, "waiting=0 setAside=0");
            assertThat(uploads(server).file("file/deep/" + NAME)).hasBinaryContent(IMAGE);
        }
    }

    private static void assertWaits(GatewayProcess gateway, Target target) {
        DeliverIT.post(gateway, IMAGE);
        DeliverIT.post(gateway, IMAGE);
        gateway.awaitLog(
                ARRIVES,
                "nothing is set aside: the target has taken nothing since the start",
                "target=\"" + target.kind() + "\"");
        awaitAll(gateway, target, "waiting=2 setAside=0");
    }

    @ParameterizedTest
    @EnumSource(names = {"FTP", "SFTP"})
    void uploadOfAKilledGatewayIsReplacedByTheNextAttempt(Target target, @TempDir Path directory) {
        CountDownLatch killed = new CountDownLatch(1);
        try (TargetServer server = target.server(directory.resolve("server"));
                GatewayProcess gateway = gateway(target, server, directory)) {
            UploadDirectory uploads = uploads(server);
            uploads.renameOnlyTo(file -> {
                await(killed);
                return false;
            });
            server.start();
            gateway.start();
            DeliverIT.post(gateway, IMAGE);
            eventually("uploaded", ARRIVES).until(() -> !uploads.names().isEmpty());
            gateway.kill();
            killed.countDown();
            assertThat(uploads.names()).hasSize(1).allMatch(name -> name.startsWith(UploadDirectory.TEMPORARY));

            uploads.renameOnlyTo(file -> true);
            gateway.start();
            awaitAll(gateway, target, "waiting=0 setAside=0");
            assertThat(uploads.names()).containsExactly(NAME);
        }
    }

    @Test
    void fileOfAKilledGatewayIsReplacedByTheNextAttempt(@TempDir Path directory) throws Exception {
        Path delivered = directory.resolve("gateway/delivered");
        Path inTheWay = Files.createDirectories(delivered.resolve(NAME).resolve("not-empty"));
        try (GatewayProcess gateway = new GatewayProcess(directory.resolve("gateway"))
                .with("framegate.deliver.file.enabled", "true")
                .with("framegate.deliver.file.directory", delivered.toString())
                .with("framegate.deliver.file.name", NAME)
                .with("framegate.deliver.retry-delay", "100ms")
                .with("framegate.deliver.refusals", "1000")
                .with("framegate.web.enabled", "false")) {
            gateway.start();
            DeliverIT.post(gateway, IMAGE);
            gateway.awaitLog(ARRIVES, "not delivered, trying again");
            gateway.kill();
            assertThat(files(delivered)).hasSize(1);

            Files.delete(inTheWay);
            Files.delete(inTheWay.getParent());
            gateway.start();
            eventually("delivered", ARRIVES)
                    .until(() -> DeliverIT.outbox(gateway).contains("file waiting=0 setAside=0"));
            assertThat(files(delivered)).containsExactly(delivered.resolve(NAME));
            assertThat(delivered.resolve(NAME)).hasBinaryContent(IMAGE);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(ARRIVES.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitAll(GatewayProcess gateway, Target target, String state) {
        eventually(state, ARRIVES).ignoreExceptions().until(() -> DeliverIT.outbox(gateway)
                .contains(target.kind() + " " + state));
    }

    private static GatewayProcess gateway(Target target, TargetServer server, Path directory) {
        return DeliverIT.gateway(target, server, directory).with("framegate.deliver." + target.kind() + ".name", NAME);
    }

    private static UploadDirectory uploads(TargetServer server) {
        return server instanceof FtpTarget ftp ? ftp.uploads() : ((SftpTarget) server).uploads();
    }
}
