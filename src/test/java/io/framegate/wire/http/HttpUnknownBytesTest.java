package io.framegate.wire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.PacketImage;
import io.framegate.event.RejectReason;
import io.framegate.wire.Answer;
import io.framegate.wire.CameraChannel;
import io.framegate.wire.PacketLimits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes of no known kind are kept whole, and the answer says what became of the request. */
@Execution(ExecutionMode.CONCURRENT)
class HttpUnknownBytesTest {

    private static final String XML = "<config><a>1</a></config>";
    private static final String JPEG = "\u00ff\u00d8\u00ff\u00da\0\2scan\u00ff\u00d9";
    private static final String RAW = "\0\0\u00c8A\0\0\u00c9A--b\r\n--bx\r\n\0";
    private static final String FORM = "multipart/form-data; boundary=b";
    private static final String END = "--b--\r\n";

    private static CameraChannel camera() {
        return new CameraChannel(new HttpFormat(new PacketLimits(100_000, 10_000, 8), null));
    }

    private static String post(String type, String body) {
        return "POST /event HTTP/1.1\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    private static String part(String header, String data) {
        return "--b\r\n" + header + "\r\n\r\n" + data + "\r\n";
    }

    private static Answer answer(CameraChannel camera, int number) {
        return new Answer(camera.reject(number).reason(), camera.reject(number).detail());
    }

    private static void assertKept(CameraChannel camera, int number, RejectReason reason, String bytes) {
        assertThat(camera.reject(number).reason()).isEqualTo(reason);
        assertThat(new String(camera.reject(number).content(), ISO_8859_1)).isEqualTo(bytes);
        assertThat(camera.reject(number).closing()).isFalse();
    }

    @Test
    void unknownPartBesideAPictureIsKeptAndTheRequestAccepted() {
        String body = part("Content-Type: image/pjpeg", JPEG) + part("Content-Type: application/octet-stream", RAW);
        byte[] request = post(FORM, body + END).getBytes(ISO_8859_1);
        for (int length : new int[] {request.length, 1, 7}) {
            try (CameraChannel camera = camera().sendInPieces(request, length)) {
                assertThat(camera.packet(0).images()).hasSize(1);
                assertKept(camera, 1, RejectReason.NOT_A_PICTURE, RAW);
                assertThat(camera.received()).hasSize(2);
                assertThat(camera.answer(Answer.ACCEPTED).written()).isEmpty();
                assertThat(camera.answer(answer(camera, 1)).written()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void unknownPartDoesNotHideWhatWasNotStored() {
        String body = part("", JPEG) + part("Content-Type: application/octet-stream", RAW) + END;
        try (CameraChannel camera = camera().send(post(FORM, body))) {
            camera.answer(new Answer(RejectReason.NOT_STORED, "not stored"));
            assertThat(camera.answer(answer(camera, 1)).written()).startsWith("HTTP/1.1 503");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "application/octet-stream, NOT_A_PICTURE",
        "application/pdf, NOT_A_PICTURE",
        "image/heic, NOT_A_PICTURE",
        "text/plain, NOT_A_PICTURE"
    })
    void requestOfNothingButUnknownBytesIsRefusedAndKept(String type, RejectReason reason) {
        String body =
                part("Content-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: " + type, RAW);
        for (String request : List.of(post(FORM, body + END), post(type, RAW))) {
            try (CameraChannel camera = camera().send(request)) {
                assertThat(camera.received()).hasSize(1);
                assertKept(camera, 0, reason, RAW);
                assertThat(camera.answer(answer(camera, 0)).written())
                        .startsWith("HTTP/1.1 400")
                        .contains("not-a-picture", "bytes", "of no known kind", "expected: XML, JSON");
                camera.send(post("text/xml", XML));
                assertThat(camera.packet(1).hasDocument()).isTrue();
            }
        }
    }

    @Test
    void pictureThatIsNoneIsForTheRoutesToJudgeOnlyBesideOthers() {
        String fake = part("Content-Type: image/jpeg", "no picture");
        try (CameraChannel camera = camera().send(post(FORM, part("", XML) + fake + END))) {
            assertThat(camera.packet(0).images())
                    .extracting(PacketImage::bytes)
                    .containsExactly("no picture".getBytes(ISO_8859_1));
            assertThat(camera.received()).hasSize(1);
        }
        try (CameraChannel camera = camera().send(post(FORM, fake + END))) {
            assertKept(camera, 0, RejectReason.NOT_A_PICTURE, "no picture");
        }
    }

    @Test
    void fieldOfAFormIsIgnoredBesideAPictureAndKeptAlone() {
        String field = part("Content-Disposition: form-data; name=\"door\"", "front door");
        try (CameraChannel camera = camera().send(post(FORM, field + part("", JPEG) + END))) {
            assertThat(camera.packet(0).images()).hasSize(1);
            assertThat(camera.received()).hasSize(1);
        }
        try (CameraChannel camera = camera().send(post(FORM, field + END))) {
            assertKept(camera, 0, RejectReason.UNKNOWN_PART, "front door");
            assertThat(camera.reject(0).detail()).startsWith("part 1 of the body \"door\": 10 bytes");
            assertThat(camera.answer(answer(camera, 0)).written()).startsWith("HTTP/1.1 400");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=\"a\"\r\nContent-Type: text/plain", "name=\"a\"", "name=\"a\"; filename=\"a.txt\""})
    void longTextOrFileIsNoField(String disposition) {
        String text = disposition.contains("filename") ? "short" : "long".repeat(300);
        String body = part("Content-Disposition: form-data; " + disposition, text) + part("", JPEG) + END;
        try (CameraChannel camera = camera().send(post(FORM, body))) {
            assertThat(camera.packet(0).images()).hasSize(1);
            assertKept(camera, 1, RejectReason.UNKNOWN_PART, text);
        }
    }

    @Test
    void bytesOutsideThePartsAreKeptUnlessTheyAreASentence() {
        String body = part("", JPEG) + "--b--\r\n";
        try (CameraChannel camera = camera().send(post(FORM, "A message.\r\n" + body + "\r\nThe end.\r\n"))) {
            assertThat(camera.received()).hasSize(1);
        }
        try (CameraChannel camera = camera().send(post(FORM, "A\u0001\r\n" + body + JPEG))) {
            assertThat(camera.packet(0).images()).hasSize(1);
            assertKept(camera, 1, RejectReason.NOT_A_PICTURE, "A\u0001\r\n");
            assertKept(camera, 2, RejectReason.NOT_A_PICTURE, JPEG);
            assertThat(camera.reject(2).detail()).startsWith("bytes after the last boundary: ");
            camera.answer(Answer.ACCEPTED).answer(answer(camera, 1));
            assertThat(camera.answer(answer(camera, 2)).written()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void bodyThatIsCalledMultipartAndHasNoBoundaryIsKeptWhole() {
        try (CameraChannel camera = camera().send(post(FORM, RAW.repeat(500)))) {
            assertThat(camera.received()).hasSize(1);
            assertKept(camera, 0, RejectReason.UNKNOWN_PART, RAW.repeat(500));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {XML, "{\"a\": 1}", JPEG})
    void bodyThatIsCalledMultipartAndIsOneThingIsThatThing(String thing) {
        byte[] request = post(FORM, thing).getBytes(ISO_8859_1);
        for (int length : new int[] {request.length, 1}) {
            try (CameraChannel camera = camera().sendInPieces(request, length)) {
                assertThat(camera.received()).hasSize(1);
                assertThat(camera.packet(0).hasDocument()).isNotEqualTo(thing.equals(JPEG));
                assertThat(camera.answer(Answer.ACCEPTED).written())
                        .startsWith("HTTP/1.1 200")
                        .contains(thing.equals(XML) ? "<status>success</status>" : "\r\n\r\nok\n");
            }
        }
    }

    @Test
    void partOfOnlyAHeaderIsKept() {
        String body = "--b\r\nfoo: bar\r\n" + part("", JPEG) + END;
        try (CameraChannel camera = camera().send(post(FORM, body.replace("foo", "\u0001foo")))) {
            assertThat(camera.packet(0).images()).hasSize(1);
            assertKept(camera, 1, RejectReason.NOT_A_PICTURE, "\u0001foo: bar");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DHAV\0\1\2\3dhav", "--bx", "\u00ff\u00d9"})
    void bytesAfterTheEndOfAJpegBelongToIt(String trailer) {
        for (String end : List.of("\r\n" + END, END, "")) {
            String body = part("Content-Type: image/jpeg", JPEG + trailer + end).stripTrailing();
            try (CameraChannel camera = camera().send(post(FORM, body))) {
                assertThat(camera.received()).as(camera.described().toString()).hasSize(1);
                assertThat(new String(camera.packet(0).images().get(0).bytes(), ISO_8859_1))
                        .isEqualTo(JPEG + trailer);
            }
        }
    }

    @Test
    void boundaryInsideAJpegDoesNotEndIt() {
        String trap = "\u00ff\u00d8\u00ff\u00fe\0\tx--b\r\n!\u00ff\u00da\0\2x--b\r\nx--b--\n\u00ff\u00d9";
        for (String end : List.of("\r\n" + END, "--b--")) {
            String body = "--b\r\n\r\n" + trap + "\r\n" + part("", trap).stripTrailing() + end;
            byte[] request = post(FORM, body).getBytes(ISO_8859_1);
            for (int length : new int[] {request.length, 1, 7}) {
                try (CameraChannel camera = camera().sendInPieces(request, length)) {
                    assertThat(camera.received()).hasSize(1);
                    assertThat(camera.packet(0).images())
                            .extracting(image -> new String(image.bytes(), ISO_8859_1))
                            .containsExactly(trap, trap);
                }
            }
        }
    }

    @Test
    void jpegThatEndsInsideAThumbnailIsNotWhole() {
        String thumbnail = "\u00ff\u00d8\u00ff\u00e1\0 \u00ff\u00d8\u00ff\u00da\0\2scan\u00ff\u00d9";
        try (CameraChannel camera = camera().send(post(FORM, "--b\r\n\r\n" + thumbnail))) {
            assertKept(camera, 0, RejectReason.INCOMPLETE, thumbnail);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0\0\0\0\0\0\0\0\u00c8A\0\0", " \n\t raw \u0001", "\u00ef\u00bb\u00bf\u0001"})
    void paddingBeforeUnknownBytesIsKeptWithThem(String bytes) {
        byte[] request = post("application/octet-stream", bytes).getBytes(ISO_8859_1);
        for (int length : new int[] {request.length, 1}) {
            try (CameraChannel camera = camera().sendInPieces(request, length)) {
                assertKept(camera, 0, RejectReason.NOT_A_PICTURE, bytes);
            }
        }
    }

    @Test
    void zerosThatAreCalledAStreamAreNoHeartbeat() {
        for (int length : new int[] {1, 20, 70_000}) {
            try (CameraChannel camera = camera().send(post("application/octet-stream", "\0".repeat(length)))) {
                assertKept(camera, 0, RejectReason.NOT_A_PICTURE, "\0".repeat(length));
            }
        }
        try (CameraChannel camera = camera().send(post("text/xml", "\r\n\0"))) {
            assertThat(camera.packet(0).hasDocument()).isFalse();
        }
    }

    @Test
    void fillBytesBeforeAPictureAreSkipped() {
        for (String fill : List.of("", "\u00ff", "\u00ff\u00ff\u00ff", "\0\u00ff", "\r\n")) {
            byte[] request = post("image/jpeg", fill + JPEG).getBytes(ISO_8859_1);
            for (int length : new int[] {request.length, 1}) {
                try (CameraChannel camera = camera().sendInPieces(request, length)) {
                    assertThat(new String(camera.packet(0).images().get(0).bytes(), ISO_8859_1))
                            .isEqualTo(JPEG);
                }
            }
        }
    }

    @Test
    void xmlAfterATextIsReadAndTheTextReported() {
        try (CameraChannel camera = camera().send(post("text/xml", "event:\r\n<config><a>1</a></config>"))) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.UNKNOWN_FORMAT);
            assertThat(camera.packet(1).hasDocument()).isTrue();
        }
    }
}
