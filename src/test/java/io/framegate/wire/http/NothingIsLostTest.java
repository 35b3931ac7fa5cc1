package io.framegate.wire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.Received;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.Answer;
import io.framegate.wire.CameraChannel;
import io.framegate.wire.PacketLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request that is answered 200 has lost no picture and no byte that was not understood. */
@Execution(ExecutionMode.CONCURRENT)
class NothingIsLostTest {

    private static final int BODIES = 200;

    static LongStream seeds() {
        return LongStream.range(0, 10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPictureIsAnImageAndEveryOtherByteIsKept(long seed) {
        Random random = new Random(seed);
        for (int number = 0; number < BODIES; number++) {
            RandomBody body = new RandomBody(random);
            try (CameraChannel camera =
                    new CameraChannel(new HttpFormat(new PacketLimits(1 << 20, 1 << 16, 64), null))) {
                camera.sendInPieces(request(body), 1 + random.nextInt(4000));
                answer(camera);
                String said = camera.written();
                if (said.startsWith("HTTP/1.1 200")) {
                    String what = "seed " + seed + ", body " + number;
                    assertNothingIsLost(body, camera, () -> what + ": " + received(camera) + "\n" + shown(body));
                } else {
                    assertThat(said).as("an answer").startsWith("HTTP/1.1 4");
                }
            }
        }
    }

    private static byte[] request(RandomBody body) {
        byte[] bytes = body.bytes();
        String type = body.contentType().isEmpty() ? "" : "Content-Type: " + body.contentType() + "\r\n";
        byte[] head = ("POST /event HTTP/1.1\r\nHost: 192.0.2.1\r\n" + type + "Content-Length: " + bytes.length
                        + "\r\n\r\n")
                .getBytes(ISO_8859_1);
        byte[] request = Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, request, head.length, bytes.length);
        return request;
    }

    private static List<Received> received(CameraChannel camera) {
        return camera.received();
    }

    /** The answers that the gateway gives when it has stored every image. */
    private static void answer(CameraChannel camera) {
        for (Received one : received(camera)) {
            camera.answer(
                    one instanceof RejectedPacket rejected
                            ? new Answer(rejected.reason(), rejected.detail())
                            : Answer.ACCEPTED);
        }
    }

    private static void assertNothingIsLost(RandomBody body, CameraChannel camera, Supplier<String> what) {
        List<byte[]> images = new ArrayList<>();
        List<byte[]> kept = new ArrayList<>();
        for (Received one : received(camera)) {
            if (one instanceof Packet packet) {
                // An image that is damaged goes to the quarantine as it was sent.
                packet.images().stream().map(PacketImage::bytes).forEach(images::add);
            } else if (one instanceof RejectedPacket rejected) {
                kept.add(rejected.content());
            }
        }
        for (byte[] picture : body.pictures()) {
            boolean stored = images.stream().anyMatch(image -> Arrays.equals(image, picture));
            assertThat(stored || isIn(kept, picture))
                    .as(() -> "picture of " + picture.length + " bytes, " + what.get())
                    .isTrue();
        }
        for (byte[] bytes : body.unknown()) {
            assertThat(isIn(kept, bytes) || isIn(images, bytes))
                    .as(() -> "unknown bytes, " + what.get())
                    .isTrue();
        }
    }

    /** Whether the bytes, or their base64, are in one of these whole. */
    private static boolean isIn(List<byte[]> all, byte[] bytes) {
        String plain = new String(bytes, ISO_8859_1);
        String text = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        return all.stream()
                .map(one -> new String(one, ISO_8859_1))
                .anyMatch(one -> one.contains(plain) || one.replace("\\", "").contains(text));
    }

    private static String shown(RandomBody body) {
        String text = new String(body.bytes(), ISO_8859_1).replaceAll("[A-Za-z0-9+/]{60,}", "<base64>");
        return body.contentType() + "\n"
                + text.substring(0, Math.min(text.length(), 1500)).replaceAll("[^\\x20-\\x7e\n]+", "<bytes>");
    }
}
