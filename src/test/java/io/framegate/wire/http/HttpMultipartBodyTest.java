package io.framegate.wire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.RejectReason;
import io.framegate.event.Role;
import io.framegate.wire.Answer;
import io.framegate.wire.CameraChannel;
import io.framegate.wire.PacketLimits;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT)
class HttpMultipartBodyTest {

    private static final String XML = "<EventNotificationAlert><eventType>ANPR</eventType></EventNotificationAlert>";
    private static final String JSON = "{\"eventType\": \"ANPR\"}";
    private static final String SCAN = "\u00ff\u00da\0\2scan\u00ff\u00d9";
    private static final String JPEG = "\u00ff\u00d8\u00ff\u00fe\0\r\r\n--b\r\n--\n\n" + SCAN;
    private static final String OTHER_JPEG = "\u00ff\u00d8\u00ff\u00fe\0\3\n" + SCAN;
    private static final String FORM = "multipart/form-data; boundary=MIME_boundary";

    /** A body as the standard describes it. */
    private static final String BODY =
            """
            --MIME_boundary
            Content-Disposition: form-data; name="anpr.xml"; filename="anpr.xml"
            Content-Type: application/xml

            {XML}
            --MIME_boundary
            Content-Disposition: form-data; name="pictures"; filename="1.jpg"
            Content-Type: image/jpeg

            {JPEG}
            --MIME_boundary
            Content-Disposition: form-data; name="pictures"; filename="2.jpg"
            Content-Type: image/jpeg

            {OTHER}
            --MIME_boundary--
            """;

    private static CameraChannel camera() {
        return new CameraChannel(new HttpFormat(new PacketLimits(100_000, 10_000, 8), null));
    }

    private static String post(String contentType, String body) {
        return "POST /event HTTP/1.1\r\nHost: 192.0.2.1\r\n" + contentType + "\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static String withLineEnd(String lineEnd, String template) {
        return template.replace("\n", lineEnd)
                .replace("{XML}", XML)
                .replace("{JSON}", JSON)
                .replace("{JPEG}", JPEG)
                .replace("{OTHER}", OTHER_JPEG);
    }

    private static String filled(String template) {
        return withLineEnd("\r\n", template);
    }

    private static String document(Packet packet) {
        return new String(packet.document(), ISO_8859_1);
    }

    private static List<String> images(Packet packet) {
        return packet.images().stream()
                .map(PacketImage::bytes)
                .map(bytes -> new String(bytes, ISO_8859_1))
                .toList();
    }

    record Variant(String name, String contentType, String body) {
        static Variant of(String name, String contentType, String body) {
            return new Variant(name, "Content-Type: " + contentType, body);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Variant> variants() {
        String body = filled(BODY);
        String base64 = "Content-Transfer-Encoding: base64\n\n";
        return List.of(
                Variant.of("standard", FORM, body),
                Variant.of("mixed", "multipart/mixed; boundary=MIME_boundary", body),
                Variant.of("related", "multipart/related; type=\"text/xml\"; boundary=MIME_boundary; a=b", body),
                Variant.of("replace", "multipart/x-mixed-replace;boundary=MIME_boundary", body),
                Variant.of("capitals", "Multipart/Form-Data; Boundary=MIME_boundary", body),
                Variant.of("quoted", "multipart/form-data; boundary=\"MIME_boundary\"", body),
                Variant.of("spaces", "multipart/form-data; boundary = MIME_boundary ", body),
                Variant.of("hyphens in the head", "multipart/form-data; boundary=--MIME_boundary", body),
                Variant.of("no boundary in the head", "multipart/form-data", body),
                Variant.of("empty boundary in the head", "multipart/form-data; boundary=", body),
                Variant.of("another boundary in the head", "multipart/form-data; boundary=other", body),
                Variant.of("too long a boundary in the head", "multipart/mixed; boundary=" + "b".repeat(500), body),
                Variant.of("called something else", "application/x-www-form-urlencoded", body),
                new Variant("no type", "X-None: 1", body),
                Variant.of(
                        "boundary with spaces and colons",
                        "multipart/mixed; boundary=\"a b:c\"",
                        body.replace("MIME_boundary", "a b:c")),
                Variant.of("line feeds", FORM, withLineEnd("\n", BODY)),
                Variant.of("preamble", FORM, "This is a message.\r\n--no boundary\r\n\r\n" + body),
                Variant.of("empty line first", FORM, "\r\n" + body),
                Variant.of("epilogue", FORM, body + "\r\nEnd.\r\n--MIME_boundary\r\n\r\n{}"),
                Variant.of("white space behind boundaries", FORM, filled(BODY.replace("boundary\n", "boundary \t\n"))),
                Variant.of("last boundary without a line end", FORM, body.stripTrailing()),
                Variant.of("last boundary with a NUL", FORM, body.stripTrailing() + "\0"),
                Variant.of("last boundary not the last", FORM, filled(BODY.replace("boundary--", "boundary"))),
                Variant.of("last boundary missing", FORM, filled(BODY.replace("--MIME_boundary--\n", ""))),
                Variant.of("nothing behind the last data", FORM, filled(BODY.replace("\n--MIME_boundary--\n", ""))),
                Variant.of("no names", FORM, filled(BODY.replaceAll("Content-Disposition.*\n", ""))),
                Variant.of("no types", FORM, filled(BODY.replaceAll("Content-Type.*\n", ""))),
                Variant.of("no headers", FORM, filled(BODY.replaceAll("Content-.*\n", ""))),
                Variant.of("empty line before headers", FORM, filled(BODY.replace("boundary\n", "boundary\n\n"))),
                Variant.of("empty lines before headers", FORM, filled(BODY.replace("boundary\n", "boundary\n \n\n"))),
                Variant.of("LF, CR and LF before headers", FORM, body.replace("boundary\r\n", "boundary\n\r\n")),
                Variant.of("empty line in headers", FORM, filled(BODY.replace("\nContent-Type", "\n\nContent-Type"))),
                Variant.of("no empty line before data", FORM, filled(BODY.replace("\n\n{", "\n{"))),
                Variant.of(
                        "no headers and no empty line",
                        FORM,
                        filled(BODY.replaceAll("Content-.*\n", "").replace("\n\n", "\n"))),
                Variant.of("folded headers", FORM, filled(BODY.replace("form-data; ", "form-data;\n "))),
                Variant.of("no line end before boundaries", FORM, filled(BODY.replace("}\n--", "}--"))),
                Variant.of("only CR before boundaries", FORM, filled(BODY.replace("}\n--", "}\r--"))),
                Variant.of(
                        "no line end before boundaries, and none in the head",
                        "multipart/form-data",
                        filled(BODY.replace("}\n--", "}--"))),
                Variant.of(
                        "no line end before the last boundary and none after it",
                        FORM,
                        filled(BODY.replace("}\n--MIME_boundary--\n", "}--MIME_boundary--"))),
                Variant.of("first boundary missing", FORM, body.substring(body.indexOf("Content"))),
                Variant.of(
                        "first boundary missing after a line", FORM, "\r\n" + body.substring(body.indexOf("Content"))),
                Variant.of("first boundary and header missing", FORM, body.substring(body.indexOf(XML))),
                Variant.of(
                        "first boundary and header missing, and line ends",
                        FORM,
                        filled(BODY.replace("}\n--", "}--")).substring(body.indexOf(XML))),
                Variant.of("fill bytes", FORM, filled(BODY.replace("{JPEG}", "\u00ff\u00ff{JPEG}"))),
                Variant.of("padding before pictures", FORM, filled(BODY.replace("{JPEG}", "\0\n{JPEG}"))),
                Variant.of("wrong types", FORM, filled(BODY.replace("image/jpeg", "text/plain"))),
                Variant.of("no file names", FORM, filled(BODY.replaceAll("; filename=.*\n", "\n"))),
                Variant.of("lengths that lie", FORM, filled(BODY.replace("\n\n", "\nContent-Length: 4\n\n"))),
                Variant.of(
                        "form fields and empty parts",
                        FORM,
                        filled("--MIME_boundary\nContent-Disposition: form-data; name=\"a\"\n\nfront door\n"
                                + "--MIME_boundary\n--MIME_boundary\nContent-Type: image/jpeg\n\n\n" + BODY)),
                Variant.of(
                        "base64",
                        FORM,
                        filled(BODY.replace("image/jpeg\n\n", "image/jpeg\n" + base64)
                                .replace("{JPEG}", Base64.getEncoder().encodeToString(JPEG.getBytes(ISO_8859_1)))
                                .replace(
                                        "{OTHER}",
                                        Base64.getMimeEncoder(4, new byte[] {'\r', '\n'})
                                                .encodeToString(OTHER_JPEG.getBytes(ISO_8859_1))))),
                Variant.of(
                        "document last",
                        FORM,
                        filled(
                                """
                                --MIME_boundary

                                {JPEG}
                                --MIME_boundary

                                {OTHER}
                                --MIME_boundary

                                {XML}
                                --MIME_boundary--
                                """)));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void requestIsOneEventWithItsDocumentAndItsImages(Variant variant) {
        byte[] request = post(variant.contentType(), variant.body()).getBytes(ISO_8859_1);
        for (int length : new int[] {request.length, 1, 7}) {
            try (CameraChannel camera = camera().sendInPieces(request, length)) {
                assertThat(camera.received()).as(camera.described().toString()).hasSize(1);
                assertThat(document(camera.packet(0)).strip()).isEqualTo(XML);
                assertThat(images(camera.packet(0))).containsExactly(JPEG, OTHER_JPEG);
                assertThat(camera.packet(0).images()).allMatch(PacketImage::isBeside);
                assertThat(camera.answer(Answer.ACCEPTED).written())
                        .startsWith("HTTP/1.1 200")
                        .endsWith("\r\n\r\nok\n");
                assertThat(camera.isOpen()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void documentMayBeJson(Variant variant) {
        try (CameraChannel camera =
                camera().send(post(variant.contentType(), variant.body().replace(XML, JSON)))) {
            assertThat(camera.received()).hasSize(1);
            assertThat(document(camera.packet(0)).strip()).isEqualTo(JSON);
            assertThat(camera.packet(0).hasJsonDocument()).isTrue();
            assertThat(images(camera.packet(0))).containsExactly(JPEG, OTHER_JPEG);
        }
    }

    @Test
    void picturesOfHikvisionsPlateEventHaveTheirRoles() {
        Map<String, Role> roles = new LinkedHashMap<>();
        roles.put("detectionPicture.jpg", Role.SCENE);
        roles.put("licensePlatePicture.jpg", Role.PLATE);
        roles.put("pilotPicture.jpg", Role.FACE);
        roles.put("copilotPicture.jpg", Role.FACE);
        roles.put("compositePicture.jpg", null);
        roles.put("plateBinaryPicture.jpg", Role.PLATE);
        roles.put("nonMotorPicture.jpg", Role.TARGET);
        roles.put("pedestrianDetectionPicture.jpg", Role.SCENE);
        roles.put("pedestrianPicture.jpg", Role.TARGET);
        roles.put("vehiclePicture.jpg", Role.TARGET);
        roles.put("featurePicture.jpg", Role.TARGET);
        roles.put("panoramaPicture.jpg", Role.SCENE);
        roles.put("detectionPicture_1.jpg", Role.SCENE);
        roles.put("licensePlatePicture_1.jpg", Role.PLATE);
        StringBuilder body = new StringBuilder("--b\r\nContent-Type: text/xml\r\n\r\n" + XML + "\r\n");
        roles.forEach((name, role) -> body.append("--b\r\nContent-Disposition: form-data; name=\"" + name
                + "\"; filename=\"" + name + "\"\r\nContent-Type: image/jpeg\r\n\r\n" + OTHER_JPEG + "\r\n"));
        try (CameraChannel camera = camera().send(post("Content-Type: " + FORM, body + "--b--\r\n"))) {
            assertThat(camera.packet(0).images())
                    .extracting(PacketImage::role)
                    .containsExactlyElementsOf(roles.values());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "name=\"snapshotPicture\", SNAPSHOT",
        "name=\"albumPicture\", ALBUM",
        "name=\"licensePlatePicture.jpg\", PLATE",
        "name=\"licensePlatePicture\"; filename=\"1.jpg\", PLATE",
        "name=\"a\"; filename=\"licensePlatePicture.jpg\", PLATE",
        "name=vehiclePicture, TARGET",
        "name=\"detectionPicture.jpg\", SCENE",
        "name=\"backgroundImage\", SCENE",
        "name=\"facePicture_background.jpg\", SCENE",
        "name=\"faceImage\", FACE",
        "name=\"targetPicture\", TARGET",
        "name=\"humanImage\", TARGET",
        "name=\"Picture\", ",
    })
    void nameOfAPartSaysWhatIsOnIt(String disposition, Role role) {
        String body =
                "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + OTHER_JPEG + "\r\n--b--\r\n";
        try (CameraChannel camera = camera().send(post("Content-Type: multipart/form-data; boundary=b", body))) {
            assertThat(camera.packet(0).images())
                    .singleElement()
                    .extracting(PacketImage::role)
                    .isEqualTo(role);
        }
    }

    @Test
    void contentIdSaysWhatIsOnIt() {
        String body = "--b\r\nContent-ID: <licensePlate>\r\n\r\n" + OTHER_JPEG + "\r\n--b--\r\n";
        try (CameraChannel camera = camera().send(post("Content-Type: multipart/related", body))) {
            assertThat(camera.packet(0).images().get(0).role()).isEqualTo(Role.PLATE);
        }
    }

    @Test
    void imagesInTheDocumentComeBeforeThoseBesideIt() {
        String xml = "<config><sourceBase64Data>AAAA</sourceBase64Data></config>";
        try (CameraChannel camera =
                camera().send(post("Content-Type: " + FORM, filled(BODY).replace(XML, xml)))) {
            assertThat(document(camera.packet(0))).contains("<sourceBase64Data>image:0</sourceBase64Data>");
            assertThat(images(camera.packet(0))).containsExactly("\0\0\0", JPEG, OTHER_JPEG);
            assertThat(new String(camera.packet(0).restored(), ISO_8859_1)).isEqualTo(xml);
        }
    }

    @Test
    void partThatIsCutOffIsRejectedAndWhatIsWholeIsKept() {
        String body = filled(BODY);
        body = body.substring(0, body.indexOf(OTHER_JPEG) + 5);
        try (CameraChannel camera = camera().send(post("Content-Type: " + FORM, body))) {
            assertThat(document(camera.packet(0))).isEqualTo(XML);
            assertThat(images(camera.packet(0))).containsExactly(JPEG);
            assertThat(camera.reject(1).reason()).isEqualTo(RejectReason.INCOMPLETE);
            assertThat(camera.reject(1).detail()).isEqualTo("part 3 of the body: no end (expected: a boundary)");
            assertThat(camera.answer(Answer.ACCEPTED).written()).isEmpty();
            assertThat(camera.answer(new Answer(RejectReason.INCOMPLETE, "cut off"))
                            .written())
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void secondDocumentIsAnEventOfItsOwn() {
        String body = filled(BODY.replace("--MIME_boundary--", "--MIME_boundary\n\n{JSON}\n--MIME_boundary--"));
        try (CameraChannel camera = camera().send(post("Content-Type: " + FORM, body))) {
            assertThat(images(camera.packet(0))).containsExactly(JPEG, OTHER_JPEG);
            assertThat(document(camera.packet(1))).isEqualTo(JSON);
            assertThat(camera.packet(1).images()).isEmpty();
        }
    }

    @Test
    void partThatIsCalledPictureIsOneForTheRoutesToJudge() {
        String body = filled(BODY.replace("{OTHER}", "no picture"));
        try (CameraChannel camera = camera().send(post("Content-Type: " + FORM, body))) {
            assertThat(images(camera.packet(0))).containsExactly(JPEG, "no picture");
        }
    }

    @Test
    void damagedBase64IsOneDamagedImage() {
        String body = filled(BODY.replace("image/jpeg\n", "image/jpeg\nContent-Transfer-Encoding: BASE64\n")
                .replace("{JPEG}", "AAAA")
                .replace("{OTHER}", "A=!A"));
        try (CameraChannel camera = camera().send(post("Content-Type: " + FORM, body))) {
            assertThat(camera.packet(0).images())
                    .extracting(image -> image.damage() == null)
                    .containsExactly(true, false);
        }
    }

    static List<Variant> empty() {
        return List.of(
                Variant.of("nothing", FORM, ""),
                Variant.of("only the last boundary", FORM, "--MIME_boundary--\r\n"),
                Variant.of("only a boundary", FORM, "--MIME_boundary\r\n"),
                Variant.of("an empty part", FORM, "--MIME_boundary\r\n\r\n\r\n--MIME_boundary--\r\n"));
    }

    @ParameterizedTest
    @MethodSource("empty")
    void bodyWithoutAnythingInItIsAHeartbeat(Variant variant) {
        try (CameraChannel camera = camera().send(post(variant.contentType(), variant.body()))) {
            assertThat(camera.received()).hasSize(1);
            assertThat(camera.packet(0).hasDocument()).isFalse();
            assertThat(camera.packet(0).images()).isEmpty();
        }
    }

    /** The rejects and their reasons. */
    record Bad(String name, String contentType, String body, RejectReason reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Bad> bad() {
        String image = "--MIME_boundary\r\nContent-Type: image/jpeg\r\n\r\n";
        String dtd = "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>";
        String longJson = "{\"a\": \"" + "x".repeat(20_000) + "\"}";
        String end = "\r\n--MIME_boundary--";
        return List.of(
                new Bad("no boundary in it", FORM, "hello\r\n\r\nworld", RejectReason.UNKNOWN_PART),
                new Bad("cut off", FORM, image + JPEG.substring(0, 5), RejectReason.INCOMPLETE),
                new Bad("cut off in a header", FORM, image.substring(0, 30), RejectReason.INCOMPLETE),
                new Bad("document type", FORM, "--MIME_boundary\r\n\r\n" + dtd + end, RejectReason.FORBIDDEN_DTD),
                new Bad("half a document", FORM, "--MIME_boundary\r\n\r\n<a><b>" + end, RejectReason.INCOMPLETE),
                new Bad("document too long", FORM, "--MIME_boundary\r\n\r\n" + longJson + end, RejectReason.TOO_LONG),
                new Bad(
                        "header too long",
                        FORM,
                        "--MIME_boundary\r\nA: " + "a".repeat(9_000) + "\r\n\r\n" + JPEG + end,
                        RejectReason.TOO_LONG),
                new Bad("too many parts", FORM, "--MIME_boundary\r\n\r\n\r\n".repeat(65) + end, RejectReason.TOO_LONG),
                new Bad("text for a picture", "image/jpeg", "no picture", RejectReason.NOT_A_PICTURE),
                new Bad("one byte", "image/jpeg", "\u00ff", RejectReason.NOT_A_PICTURE),
                new Bad("JSON too long", "application/json", longJson, RejectReason.TOO_LONG));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatCannotBeReadIsRejectedAndTheNextRequestIsRead(Bad bad) {
        byte[] request = post("Content-Type: " + bad.contentType(), bad.body()).getBytes(ISO_8859_1);
        for (int length : new int[] {request.length, 1}) {
            try (CameraChannel camera = camera().sendInPieces(request, length)) {
                assertThat(camera.received()).as(camera.described().toString()).hasSize(1);
                assertThat(camera.reject(0).reason()).isEqualTo(bad.reason());
                assertThat(camera.reject(0).closing()).isFalse();
                assertThat(camera.answer(new Answer(bad.reason(), "detail")).written())
                        .startsWith(bad.reason() == RejectReason.TOO_LONG ? "HTTP/1.1 413" : "HTTP/1.1 400");
                camera.send(post("Content-Type: " + FORM, filled(BODY)));
                assertThat(images(camera.packet(1))).containsExactly(JPEG, OTHER_JPEG);
            }
        }
    }

    @Test
    void sixtyFourPartsAreNotTooMany() {
        String body = ("--b\r\n\r\n" + OTHER_JPEG + "\r\n").repeat(64) + "--b--";
        try (CameraChannel camera = camera().send(post("Content-Type: multipart/mixed", body))) {
            assertThat(camera.packet(0).images()).hasSize(64);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/upload?camera=front-door, front-door",
        "/?a=b&camera=front.door_1, front.door_1",
        "/?camera=02005e200301, 02:00:5E:20:03:01",
        "/?camera=02%3A00%3A5e%3A20%3A03%3A01, 02:00:5E:20:03:01",
        "http://192.0.2.1/up?camera=a, a",
        "/upload, ",
        "/?camera=, ",
        "/?camera=../../etc, ",
        "/?camera=..%2f..%2fetc, ",
        "/?camera=-rf, ",
        "/?camera=.hidden, ",
        "/?camera=a%0ab, ",
        "/?camera=%zz, ",
        "/?camera=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, ",
    })
    void requestMayNameItsCamera(String uri, String cameraId) {
        String request = "POST " + uri + " HTTP/1.1\r\nContent-Length: " + JPEG.length() + "\r\n\r\n" + JPEG;
        try (CameraChannel camera = camera().send(request)) {
            assertThat(images(camera.packet(0))).containsExactly(JPEG);
            assertThat(camera.packet(0).cameraId()).isEqualTo(cameraId);
        }
    }
}
