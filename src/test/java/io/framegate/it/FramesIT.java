package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framegate.it.support.Camera;
import io.framegate.it.support.Eventually;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Pictures;
import io.framegate.wire.Frame;
import io.framegate.wire.FrameEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures in every wire format that has no XML around them, on both ports, and what is none of them. */
class FramesIT {

    private static final int CONNECTIONS = 1000;
    private static final Pattern CAPTURED = Pattern.compile("captured=\"([^\"]+)\".*latencyMillis=\"(-?[0-9]+)\"");

    @TempDir
    private static Path directory;

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() {
        gateway = new GatewayProcess(directory.resolve("gateway"))
                .with("framegate.intake.max-connections", "3000")
                .withOption("-Xmx96m")
                .start();
    }

    @AfterAll
    static void end() {
        try (GatewayProcess ended = gateway) {
            assertThat(ended.terminate()).isEqualTo(143);
            assertThat(gateway.logLines("OutOfMemory")).isEmpty();
            assertThat(gateway.logLines(" ERROR ")).isEmpty();
            assertThat(gateway.images().temporaryFiles()).isEmpty();
        }
    }

    static Stream<Arguments> ways() {
        return Stream.of(FrameEncoding.values())
                .flatMap(encoding -> Stream.of(false, true).flatMap(frames -> Stream.of(7, 1000, 1 << 20)
                        .map(piece -> Arguments.of(encoding, frames ? "frames" : "camera", piece))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void picturesArriveByteForByte(FrameEncoding encoding, String port, int piece) {
        ImageFolder folder = gateway.images();
        List<byte[]> pictures = new ArrayList<>();
        ByteBuf stream = Unpooled.buffer();
        for (int number = 0; number < 3; number++) {
            byte[] picture = Pictures.bareJpeg(3_000 + number);
            pictures.add(picture);
            encoding.encode(new Frame(picture, Instant.now(), "02:00:5E:20:00:09"), stream);
        }
        try (Camera camera = Camera.connect(port.equals("frames") ? gateway.framesPort() : gateway.cameraPort())) {
            camera.sendInPieces(ByteBufUtil.getBytes(stream), piece);
            folder.awaitExactly(pictures);
        }
    }

    /** A script as people write it, not our own encoder. */
    private Process sender(int frames, int... more) throws IOException {
        Path picture = directory.resolve("picture.jpg");
        if (Files.notExists(picture)) {
            Files.write(picture, Pictures.jpeg());
        }
        List<String> command = new ArrayList<>(List.of(
                "python3",
                "src/test/python/tutorial_sender.py",
                "127.0.0.1",
                Integer.toString(gateway.framesPort()),
                picture.toString(),
                Integer.toString(frames)));
        for (int bytes : more) {
            command.add(Integer.toString(bytes));
        }
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> hashes(Process sender) throws Exception {
        List<String> hashes = new String(sender.getInputStream().readAllBytes(), US_ASCII)
                .lines()
                .toList();
        assertThat(sender.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return hashes;
    }

    private static boolean pythonIsHere() {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException notHere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Tag("faults")
    @Test
    void thousandFramesOfATutorialSenderKeepTheirTimes() throws Exception {
        assumeTrue(pythonIsHere(), "python3 is not installed");
        ImageFolder folder = gateway.images();
        Instant before = Instant.now();
        List<String> sent = hashes(sender(1000));
        assertThat(sent).hasSize(1000);
        folder.awaitExactly(Duration.ofSeconds(30), sent);
        Instant after = Instant.now();
        eventually("log").until(() -> gateway.logLines("latencyMillis=").size() >= 1000);
        List<String> lines = gateway.logLines("latencyMillis=");
        for (String line : lines.subList(lines.size() - 1000, lines.size())) {
            Matcher matcher = CAPTURED.matcher(line);
            assertThat(matcher.find()).as(line).isTrue();
            assertThat(Instant.parse(matcher.group(1))).isBetween(before.minusMillis(1), after);
            assertThat(Long.parseLong(matcher.group(2), 10))
                    .isBetween(0L, Duration.between(before, after).toMillis());
        }
    }

    @Tag("faults")
    @Test
    void tenTutorialSendersAtOnceAndOneThatBreaksOffDisturbNobody() throws Exception {
        assumeTrue(pythonIsHere(), "python3 is not installed");
        ImageFolder folder = gateway.images();
        List<Process> senders = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            senders.add(sender(100));
        }
        Process broken = sender(3, 500);
        List<String> sent = new ArrayList<>(hashes(broken));
        for (Process sender : senders) {
            sent.addAll(hashes(sender));
        }
        assertThat(sent).hasSize(1003);
        folder.awaitExactly(Duration.ofSeconds(30), sent);
        gateway.awaitLog(Eventually.SOON, "reason=\"incomplete\"", "more bytes");
    }

    @Test
    void goodSenderContinuesBesideAThousandWrongLengths() {
        ImageFolder folder = gateway.images();
        List<String> wrong = List.of("2147483648", "10000000000", "12garbage", "-1", "99999999999999999999");
        List<Camera> bad = new ArrayList<>();
        try (Camera good = Camera.connect(gateway.framesPort())) {
            List<byte[]> pictures = new ArrayList<>();
            for (int number = 0; number < CONNECTIONS; number++) {
                Camera camera = Camera.connect(number % 2 == 0 ? gateway.framesPort() : gateway.cameraPort());
                bad.add(camera);
                camera.send(wrong.get(number % wrong.size()) + " ".repeat(20));
                if (number % 100 == 0) {
                    byte[] picture = Pictures.jpeg(5_000);
                    pictures.add(picture);
                    good.send(length64(picture));
                }
            }
            for (Camera camera : bad) {
                assertThat(camera.isClosedWithin(Duration.ofSeconds(20))).isTrue();
            }
            folder.awaitExactly(pictures);
        } finally {
            bad.forEach(Camera::close);
        }
    }

    private static byte[] length64(byte[] picture) {
        byte[] text = Base64.getEncoder().encode(picture);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes((text.length + " ".repeat(64)).substring(0, 64).getBytes(US_ASCII));
        frame.writeBytes(text);
        frame.writeBytes(("2026-03-29 07:58:21.123456" + " ".repeat(38)).getBytes(US_ASCII));
        return frame.toByteArray();
    }

    @Test
    void pickledFrameIsRefusedWithWhatToSendInstead() {
        try (Camera camera = Camera.connect(gateway.framesPort())) {
            camera.send(new byte[] {0, 1, 0, 0, 0, 0, 0, 0, (byte) 0x80, 4, (byte) 0x95});
            assertThat(camera.isClosedWithin(Duration.ofSeconds(10))).isTrue();
        }
        gateway.awaitLog(Eventually.SOON, "pickled payload", "imencode");
    }
}
