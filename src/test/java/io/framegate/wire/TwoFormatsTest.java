package io.framegate.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.Received;
import io.framegate.event.RejectedPacket;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Two packets of different formats on one connection. */
@Execution(ExecutionMode.CONCURRENT)
class TwoFormatsTest {

    private static final String JPEG =
            "\u00ff\u00d8\u00ff\u00e0\0\6JF\1\1\u00ff\u00da\0\4\1\2" + "scan ".repeat(900) + "\u00ff\u00d9";
    private static final String TEXT = Base64.getEncoder().encodeToString(JPEG.getBytes(ISO_8859_1));
    private static final String LENGTH = Integer.toString(JPEG.length());

    private static final Map<String, String> PACKETS = new LinkedHashMap<>();

    static {
        PACKETS.put("http", "POST / HTTP/1.1\r\nContent-Length: " + LENGTH + "\r\n\r\n" + JPEG);
        PACKETS.put("json", "{\"image\": \"" + TEXT + "\"}");
        PACKETS.put("le32", littleEndian(4) + JPEG);
        PACKETS.put("be32", new StringBuilder(littleEndian(4)).reverse() + JPEG);
        PACKETS.put("le64", littleEndian(8) + JPEG);
        PACKETS.put("be64", new StringBuilder(littleEndian(8)).reverse() + JPEG);
        PACKETS.put("length64", LENGTH + " ".repeat(64 - LENGTH.length()) + JPEG);
        PACKETS.put("length16", LENGTH + " ".repeat(16 - LENGTH.length()) + JPEG);
        PACKETS.put("lengthline", LENGTH + "\n" + JPEG);
        PACKETS.put("jpeg", JPEG);
        PACKETS.put(
                "mjpeg", "--b\r\nContent-Type: image/jpeg\r\nContent-Length: " + LENGTH + "\r\n\r\n" + JPEG + "\r\n");
        PACKETS.put("xml", "<config><aBase64Data>" + TEXT + "</aBase64Data></config>");
    }

    private static String littleEndian(int width) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < width; i++) {
            bytes.append((char) ((long) JPEG.length() >> (8 * i) & 0xFF));
        }
        return bytes.toString();
    }

    static Stream<String> formats() {
        return PACKETS.keySet().stream();
    }

    /** The second picture is received, or a reject has its first bytes, or the connection closes with a reason. */
    @ParameterizedTest
    @MethodSource("formats")
    void secondPacketIsReceivedOrRejectedWithAReason(String first) {
        for (String second : PACKETS.keySet()) {
            for (int piece : new int[] {1_000_000, 7}) {
                List<String> all = outcomes(first, second, piece);
                String name = first + " then " + second + ": " + all;
                assertThat(all).as(name).hasSizeGreaterThan(1);
                assertThat(all.get(0)).as(name).isEqualTo("received");
                assertThat(all.get(1)).as(name).matches("received|kept|closed");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"xml, json", "json, xml", "http, http", "le32, length64", "jpeg, le32"})
    void secondPacketIsReceived(String first, String second) {
        for (int piece : new int[] {1_000_000, 7}) {
            assertThat(outcomes(first, second, piece))
                    .as(first + " then " + second)
                    .filteredOn("received"::equals)
                    .hasSize(2);
        }
    }

    private static List<String> outcomes(String first, String second, int piece) {
        WireFormat[] formats = KnownFormat.createAll(PacketLimits.DEFAULT, null).toArray(WireFormat[]::new);
        byte[] sent = (PACKETS.get(first) + PACKETS.get(second)).getBytes(ISO_8859_1);
        try (CameraChannel camera = new CameraChannel(formats)) {
            int answered = 0;
            for (int from = 0; from < sent.length; from += piece) {
                camera.send(sent, from, Math.min(sent.length, from + piece));
                for (; answered < camera.received().size(); answered++) {
                    camera.answer(answer(camera.received().get(answered)));
                }
            }
            boolean closed = !camera.isOpen();
            camera.channel().close();
            return camera.received().stream()
                    .map(received -> outcome(received, second, closed))
                    .toList();
        }
    }

    private static Answer answer(Received received) {
        return received instanceof RejectedPacket rejected
                ? new Answer(rejected.reason(), rejected.detail())
                : Answer.ACCEPTED;
    }

    private static String packet(String format) {
        return Objects.requireNonNull(PACKETS.get(format));
    }

    private static String outcome(Received received, String second, boolean closed) {
        if (received instanceof Packet packet) {
            assertThat(packet.images()).hasSize(1);
            String image = new String(packet.images().get(0).bytes(), ISO_8859_1);
            return image.equals(JPEG) ? "received" : packet(second).contains(image) ? "kept" : "changed";
        }
        RejectedPacket rejected = (RejectedPacket) received;
        String content = new String(rejected.content(), ISO_8859_1);
        // Zeros before a packet are padding.
        boolean kept =
                !content.isEmpty() && packet(second).replaceFirst("^\0+", "").startsWith(content);
        return rejected.closing() || closed ? "closed" : kept ? "kept" : "lost: " + rejected;
    }
}
