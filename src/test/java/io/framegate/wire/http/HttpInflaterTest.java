package io.framegate.wire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.RejectReason;
import io.framegate.wire.Answer;
import io.framegate.wire.CameraChannel;
import io.framegate.wire.PacketLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class HttpInflaterTest {

    private static final String XML = "<config><a>1</a></config>";

    private static CameraChannel camera() {
        return new CameraChannel(new HttpFormat(new PacketLimits(1 << 20, 1 << 20, 8), null));
    }

    private static byte[] post(String encoding, byte[] body) {
        String head =
                "POST / HTTP/1.1\r\nContent-Encoding: " + encoding + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        return joined(head.getBytes(ISO_8859_1), body);
    }

    private static byte[] joined(byte[]... all) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] bytes : all) {
            joined.writeBytes(bytes);
        }
        return joined.toByteArray();
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflate(String text, boolean raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(9, raw);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        deflater.end();
        return bytes.toByteArray();
    }

    /** What a request gives, which must not depend on its pieces. */
    private static List<String> received(byte[] request) {
        List<String> whole = received(request, request.length);
        for (int length : request.length < 10_000 ? new int[] {1, 7, 1000} : new int[] {997, 4096}) {
            assertThat(received(request, length)).as("pieces of %d", length).isEqualTo(whole);
        }
        return whole;
    }

    private static List<String> received(byte[] request, int length) {
        try (CameraChannel camera = camera().sendInPieces(request, length)) {
            camera.channel().close();
            assertThat(camera.escaped()).isEmpty();
            return List.copyOf(camera.described());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deflateIsReadWithTheHeaderOfZlibAndWithoutIt(boolean raw) {
        String long1 = "<config><a>" + "abcdefghij".repeat(10_000) + "</a></config>";
        for (String text : List.of(XML, long1, "")) {
            assertThat(received(post("deflate", deflate(text, raw))))
                    .singleElement()
                    .asString()
                    .startsWith("http packet " + text.length() + " ")
                    .endsWith(text);
        }
    }

    @Test
    void severalGzipMembersAreOneBody() {
        byte[] members = joined(gzip("<config><a>"), gzip(""), gzip("1</a></config>"));
        assertThat(received(post("x-gzip", members))).singleElement().asString().endsWith(" " + XML);
    }

    @Test
    void optionalFieldsOfGzipAreSkipped() {
        byte[] plain = gzip(XML);
        byte[] head = {0x1F, (byte) 0x8B, 8, 0x1F, 0, 0, 0, 0, 0, 0, 3, 0, 'a', 'b', 0, 'n', 0, 'c', 'c', 0, 1, 2};
        byte[] data = Arrays.copyOfRange(plain, 10, plain.length);
        assertThat(received(post("gzip", joined(head, data))))
                .singleElement()
                .asString()
                .endsWith(" " + XML);
    }

    @Test
    void bodyWithoutCompressionIsReadAsItIs() {
        assertThat(received(post("identity", XML.getBytes(ISO_8859_1))))
                .singleElement()
                .asString()
                .endsWith(XML);
    }

    /** 1 MB of a body that would be 1 GB: it ends after a fraction of the limit, and with it the connection. */
    @Test
    void bombEndsTheConnectionEarly() {
        byte[] bomb = gzip("<config><a>" + "a".repeat(50_000_000));
        try (CameraChannel camera = new CameraChannel(new HttpFormat(PacketLimits.DEFAULT, null))) {
            camera.sendInPieces(post("gzip", bomb), 64 << 10);
            assertThat(camera.received()).hasSize(1);
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.TOO_LONG);
            assertThat(camera.reject(0).length()).isLessThan(1 << 20);
            assertThat(camera.progress().heldBytes()).isLessThan(1000);
            Answer answer =
                    new Answer(camera.reject(0).reason(), camera.reject(0).detail());
            assertThat(camera.answer(answer).written()).startsWith("HTTP/1.1 413");
            assertThat(camera.isOpen()).isFalse();
        }
    }

    @Test
    void bodyMayInflateUpToTheLimitAndNotBeyond() {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("<config><a>");
        while (text.length() < (1 << 20) - 13) {
            text.append((char) ('a' + random.nextInt(20)));
        }
        assertThat(received(post("gzip", gzip(text + "</a></config>"))))
                .singleElement()
                .asString()
                .startsWith("http packet 1048576 ");
        assertThat(received(post("gzip", gzip(text + "x</a></config>"))))
                .singleElement()
                .asString()
                .startsWith("http TOO_LONG");
        assertThat(received(post("gzip", gzip("\u00ff\u00d8" + text + "</a></config>"))))
                .singleElement()
                .asString()
                .startsWith("http TOO_LONG");
    }

    @Test
    void damageGivesTheSameInAnyPieces() {
        Random random = new Random(2);
        String text = XML + "\r\n<config><b>" + "0123456789".repeat(300) + "</b></config>";
        List<byte[]> bodies = List.of(gzip(text), deflate(text, true), deflate(text, false), gzip(XML));
        for (int round = 0; round < 400; round++) {
            byte[] body = bodies.get(round % bodies.size()).clone();
            body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
            if (random.nextInt(3) == 0) {
                body = Arrays.copyOf(body, random.nextInt(body.length));
            }
            received(post(round % 4 == 1 || round % 4 == 2 ? "deflate" : "gzip", body));
        }
    }
}
