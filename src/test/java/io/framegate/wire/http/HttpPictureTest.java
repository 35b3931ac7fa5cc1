package io.framegate.wire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.framegate.event.RejectReason;
import io.framegate.image.Pictures;
import io.framegate.image.StoredPictures;
import io.framegate.wire.CameraChannel;
import io.framegate.wire.PacketLimits;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A body that is one picture is recognised by its first bytes, whatever the request calls it. */
class HttpPictureTest {

    /** What a client says that was told nothing, {@code curl --data-binary} among them. */
    private static final String[] TYPES = {
        "", "application/x-www-form-urlencoded", "application/octet-stream", "text/plain", "application/json", "image/x"
    };

    private static CameraChannel camera() {
        return new CameraChannel(new HttpFormat(new PacketLimits(100_000, 10_000, 8), null));
    }

    private static byte[] post(String type, byte[] body) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        String called = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
        String head = "POST / HTTP/1.1\r\n" + called + "Content-Length: " + body.length + "\r\n\r\n";
        request.writeBytes(head.getBytes(ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }

    static Stream<Arguments> pictures() {
        Map<String, byte[]> all = new LinkedHashMap<>(StoredPictures.all());
        for (String format : new String[] {"jpg", "png", "gif", "bmp"}) {
            all.put(format, Pictures.encoded(Pictures.photo(20, 10), format));
        }
        all.put("webp", "RIFF0\0\0\0WEBPVP8X".getBytes(ISO_8859_1));
        return all.entrySet().stream().map(picture -> arguments(picture.getKey(), picture.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pictures")
    void pictureIsOneWithAnyContentTypeAndInAnyPieces(String name, byte[] picture) {
        for (String type : TYPES) {
            byte[] request = post(type, picture);
            for (int length : new int[] {request.length, 1}) {
                try (CameraChannel camera = camera().sendInPieces(request, length)) {
                    assertThat(camera.received())
                            .as("%s, called %s", name, type)
                            .hasSize(1);
                    assertThat(camera.packet(0).images()).singleElement().satisfies(image -> assertThat(image.bytes())
                            .isEqualTo(picture));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pictures")
    void partOfAMultipartBodyIsAPictureWithoutAHeader(String name, byte[] picture) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("--b\r\n\r\n".getBytes(ISO_8859_1));
        body.writeBytes(picture);
        body.writeBytes("\r\n--b--\r\n".getBytes(ISO_8859_1));
        byte[] request = post("multipart/form-data; boundary=b", body.toByteArray());
        try (CameraChannel camera = camera().sendInPieces(request, request.length)) {
            assertThat(camera.received()).hasSize(1);
            assertThat(camera.packet(0).images()).singleElement().satisfies(image -> assertThat(image.bytes())
                    .isEqualTo(picture));
        }
    }

    @Test
    void textThatBeginsAsABmpIsAText() {
        for (String text : new String[] {"BM", "BMW at the gate", "BMP=1&b=2"}) {
            byte[] request = post("", text.getBytes(ISO_8859_1));
            try (CameraChannel camera = camera().sendInPieces(request, request.length)) {
                assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.UNKNOWN_PART);
            }
        }
    }
}
