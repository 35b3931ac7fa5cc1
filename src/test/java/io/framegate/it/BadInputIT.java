package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Http;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever arrives, what is good in it is stored, what is not is kept in quarantine with its reason, and the next good
 * packet is stored as if nothing had happened.
 */
class BadInputIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Each case has an address of its own, because the log's lines are limited for each. */
    private static final AtomicInteger ADDRESS = new AtomicInteger(1);

    /** Where the hostile texts would write. */
    private static final Path ESCAPED = Path.of(System.getProperty("java.io.tmpdir"), "framegate-escaped");

    @TempDir
    private static Path parent;

    private static GatewayProcess gateway;
    private static ServerSocket canaryPort;
    private static Path canaryFile;

    private final String address = "127.0.1." + ADDRESS.incrementAndGet();
    private ImageFolder folder;
    private Set<String> before;

    @BeforeAll
    static void start() throws IOException {
        Path directory = Files.createDirectories(parent.resolve("gateway"));
        canaryFile = Files.writeString(parent.resolve("canary.txt"), "tweet-4711");
        canaryPort = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        canaryPort.setSoTimeout(1);
        gateway = new GatewayProcess(directory)
                .with("framegate.intake.max-frame-length", "1MB")
                // The worst an operator can do: a name made of what the camera says.
                .with(
                        "framegate.images.name",
                        "${header.FramegateDeviceName}/${header.FramegateEventType}_${header.FramegateCameraName}"
                                + "_${header.FramegateCounter}.${header.FramegateExtension}")
                .withOption("-Xmx128m")
                .start();
    }

    @BeforeEach
    void look() {
        folder = gateway.images();
        before = outside();
    }

    @AfterEach
    void nothingHalfAndNothingElsewhere() {
        eventually("no temporary file").until(() -> folder.temporaryFiles().isEmpty());
        assertThat(ImageFolder.files(gateway.directory())).allSatisfy(file -> {
            if (!file.endsWith("lock") && !file.endsWith("gateway.log")) {
                assertThat(file).isNotEmptyFile();
            }
        });
        assertThat(outside()).as("files outside images and quarantine").isEqualTo(before);
        assertThat(gateway.log()).doesNotContain("tweet-4711");
        assertThat(gateway.logLines(" ERROR ")).isEmpty();
        assertThat(gateway.logLines("\tat ")).as("stack traces").isEmpty();
    }

    @AfterAll
    static void nobodyTouchedTheCanary() throws IOException {
        try (ServerSocket canary = canaryPort;
                GatewayProcess ended = gateway) {
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> canary.accept().close());
            assertThat(ended.terminate()).isEqualTo(143);
        }
    }

    private static Set<String> outside() {
        Set<String> paths = new TreeSet<>();
        for (Path file : ImageFolder.files(parent)) {
            String path = parent.relativize(file).toString();
            if (!path.startsWith("gateway/images/") && !path.startsWith("gateway/quarantine/")) {
                paths.add(path);
            }
        }
        return paths;
    }

    /**
     * Something bad.
     *
     * @param stored images of it that are stored nevertheless
     * @param reasons what it is rejected for; empty if it is not
     * @param sameConnection whether the next packet on the same connection is understood
     */
    record Bad(String name, byte[] bytes, List<byte[]> stored, List<String> reasons, boolean sameConnection) {

        static Bad xml(String name, byte[] bytes, List<byte[]> stored, String... reasons) {
            return new Bad(name, bytes, stored, List.of(reasons), true);
        }

        static Bad http(String name, byte[] bytes, List<byte[]> stored, String... reasons) {
            return new Bad(name, bytes, stored, List.of(reasons), false);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Bad> bad() {
        byte[] kept = Pictures.jpeg();
        byte[] alsoKept = Pictures.jpeg();
        List<Bad> all = new ArrayList<>();
        all.add(Bad.xml("wrong base64", xml("<sourceBase64Data>####/9j/</sourceBase64Data>"), List.of(), "bad-base64"));
        all.add(Bad.xml(
                "base64 of wrong length",
                xml("<sourceBase64Data><![CDATA[/9j/4AAQS]]></sourceBase64Data>"),
                List.of(),
                "bad-base64"));
        all.add(Bad.xml(
                "one image of two damaged",
                packet("<sourceBase64Data>{0}</sourceBase64Data><a><targetBase64Data>!</targetBase64Data></a>", kept),
                List.of(kept),
                "bad-base64"));
        all.add(Bad.xml("empty image", xml("<sourceBase64Data></sourceBase64Data>"), List.of()));
        all.add(Bad.xml("empty image in CDATA", xml("<sourceBase64Data><![CDATA[]]></sourceBase64Data>"), List.of()));
        all.add(Bad.xml(
                "lying length",
                packet("<sourceBase64Length>3</sourceBase64Length><sourceBase64Data>{0}</sourceBase64Data>", alsoKept),
                List.of(alsoKept)));
        all.addAll(markup());
        all.addAll(attacks());
        all.addAll(noise());
        all.addAll(pictures());
        all.addAll(http());
        all.addAll(uploads());
        return all;
    }

    private static List<Bad> markup() {
        byte[] first = Pictures.jpeg();
        byte[] second = Pictures.jpeg();
        byte[] third = Pictures.jpeg();
        byte[] latin = new String(
                        packet("<deviceName>Tür</deviceName><sourceBase64Data>{0}</sourceBase64Data>", second), UTF_8)
                .getBytes(ISO_8859_1);
        return List.of(
                Bad.xml(
                        "mismatched tags",
                        packet("<a><b></a></b><sourceBase64Data>{0}</sourceBase64Data>", first),
                        List.of(first),
                        "malformed"),
                Bad.xml("Latin-1 that says it is UTF-8", latin, List.of(second), "malformed"),
                Bad.xml(
                        "image without an end up to the cap",
                        (HEAD + "<sourceBase64Data>" + "A".repeat(1 << 20)).getBytes(UTF_8),
                        List.of(),
                        "too-long"),
                Bad.xml(
                        "text without an end up to the cap",
                        (HEAD + "<a>" + "b".repeat(256 << 10)).getBytes(UTF_8),
                        List.of(),
                        "too-long"),
                Bad.xml("100 000 elements in one another", xml("<a>".repeat(100_000)), List.of(), "too-long"),
                Bad.xml(
                        "10 000 elements in one another",
                        packet(
                                "<sourceBase64Data>{0}</sourceBase64Data>" + "<a>".repeat(10_000)
                                        + "</a>".repeat(10_000),
                                third),
                        List.of(third),
                        "malformed"),
                Bad.xml(
                        "end tag lost",
                        (HEAD + "<mac>02:00:5e:20:03:01</mac>").getBytes(UTF_8),
                        List.of(),
                        "incomplete"));
    }

    private static List<Bad> attacks() {
        byte[] included = Pictures.jpeg();
        String bomb = "<!DOCTYPE config [<!ENTITY a \"lol\">"
                + "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">"
                + "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\">]>";
        String file = "<!DOCTYPE config [<!ENTITY x SYSTEM \"" + canaryFile.toUri() + "\">]>";
        String port = "<!DOCTYPE config SYSTEM \"http://127.0.0.1:" + canaryPort.getLocalPort() + "/a.dtd\">";
        return List.of(
                Bad.xml("entity bomb", doctype(bomb, "<deviceName>&e;</deviceName>"), List.of(), "forbidden-dtd"),
                Bad.xml("entity of a file", doctype(file, "<deviceName>&x;</deviceName>"), List.of(), "forbidden-dtd"),
                Bad.xml(
                        "document type elsewhere",
                        doctype(port, "<deviceName>a</deviceName>"),
                        List.of(),
                        "forbidden-dtd"),
                Bad.xml(
                        "include",
                        packet(
                                "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"" + canaryFile.toUri()
                                        + "\"/><sourceBase64Data>{0}</sourceBase64Data>",
                                included),
                        List.of(included)),
                Bad.xml(
                        "20 000 attributes",
                        (HEAD.replace("<config>", "<config" + attributes(20_000) + ">") + "</config>\n")
                                .getBytes(UTF_8),
                        List.of(),
                        "malformed"));
    }

    private static String attributes(int count) {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < count; i++) {
            attributes.append(" a").append(i).append("=\"\"");
        }
        return attributes.toString();
    }

    private static List<Bad> noise() {
        byte[] noise = new byte[3_000];
        new Random(7).nextBytes(noise);
        noise[0] = (byte) 0x80;
        byte[] hello = new byte[200];
        new Random(8).nextBytes(hello);
        System.arraycopy(new byte[] {0x16, 3, 1, 0, (byte) 195, 1}, 0, hello, 0, 6);
        return List.of(
                Bad.xml("noise", noise, List.of(), "unknown-format"),
                Bad.xml("TLS hello", hello, List.of(), "unknown-format"),
                Bad.xml("text", "SSH-2.0-OpenSSH_9.2\r\n".getBytes(UTF_8), List.of(), "unknown-format"));
    }

    private static List<Bad> pictures() {
        byte[] huge = Pictures.pngHeader(20_000, 20_000);
        return List.of(
                Bad.xml(
                        "image that is no picture",
                        packet("<sourceBase64Data>{0}</sourceBase64Data>", "MZ this program".getBytes(UTF_8)),
                        List.of(),
                        "not-a-picture"),
                Bad.xml(
                        "beginning of a JPEG",
                        packet("<sourceBase64Data>{0}</sourceBase64Data>", new byte[] {(byte) 0xFF, (byte) 0xD8, -1}),
                        List.of(),
                        "not-a-picture"),
                // Nothing of it is decoded, so its size is the business of who looks at it.
                Bad.xml("PNG of 20000x20000", packet("<sourceBase64Data>{0}</sourceBase64Data>", huge), List.of(huge)));
    }

    private static List<Bad> http() {
        CameraPacket longer = CameraPacket.scene(71, 0);
        CameraPacket shorter = CameraPacket.scene(72, 0);
        return List.of(
                Bad.http(
                        "length that is no number", request("Content-Length: 12x", "<config/>"), List.of(), "bad-http"),
                Bad.http("length below zero", request("Content-Length: -5", "<config/>"), List.of(), "bad-http"),
                Bad.http(
                        "two lengths",
                        request("Content-Length: 9\nContent-Length: 10", "<config/>"),
                        List.of(),
                        "bad-http"),
                Bad.http("chunk that is none", request("Transfer-Encoding: chunked", "zz\r\n"), List.of(), "bad-http"),
                Bad.http(
                        "length beyond the cap",
                        request("Content-Length: 99999999999", "<config>"),
                        List.of(),
                        "too-long"),
                Bad.http(
                        "length longer than the body",
                        Http.request(
                                "POST /a HTTP/1.1\nHost: a\nContent-Length: " + (longer.xml().length + 10),
                                longer.xml()),
                        longer.images(),
                        "incomplete"),
                Bad.http(
                        "length shorter than the body",
                        Http.request(
                                "POST /a HTTP/1.1\nHost: a\nContent-Length: " + (shorter.xml().length - 30),
                                shorter.xml()),
                        List.of(),
                        "incomplete",
                        "bad-http"),
                Bad.http(
                        "damaged gzip",
                        request("Content-Encoding: gzip\nContent-Length: 17", "<config></config>"),
                        List.of(),
                        "bad-http"),
                Bad.http("body that is no XML", request("Content-Length: 8", "a=1&b=22"), List.of(), "unknown-part"));
    }

    private static List<Bad> uploads() {
        byte[] whole = Pictures.jpeg();
        byte[] beside = Pictures.jpeg();
        byte[] half = Arrays.copyOf(Pictures.jpeg(), 300);
        return List.of(
                Bad.http("text for a picture", upload("image/jpeg", utf8("no picture")), List.of(), "not-a-picture"),
                Bad.http("beginning of a picture", upload("image/jpeg", utf8("GIF8")), List.of(), "not-a-picture"),
                Bad.http(
                        "text for parts",
                        upload("multipart/mixed; boundary=b", utf8("a\nb")),
                        List.of(),
                        "unknown-part"),
                Bad.http(
                        "part cut off",
                        upload("multipart/mixed", Http.joined(utf8("--b\n\n"), whole, utf8("\n--b\n\n"), half)),
                        List.of(whole),
                        "incomplete"),
                Bad.http(
                        "part that is no picture",
                        upload("multipart/mixed", utf8("--b\nContent-Type: image/png\n\nMZ\n--b--\n")),
                        List.of(),
                        "not-a-picture"),
                Bad.http(
                        "malformed JSON beside a picture",
                        upload(
                                "multipart/mixed",
                                Http.joined(utf8("--b\n\n{\"a\": b}\n--b\n\n"), beside, utf8("\n--b--\n"))),
                        List.of(beside),
                        "malformed"),
                Bad.http(
                        "entity in a part",
                        upload(
                                "multipart/mixed",
                                utf8("--b\n\n<!DOCTYPE a [<!ENTITY x SYSTEM \"" + canaryFile.toUri()
                                        + "\">]><a><deviceName>&x;</deviceName></a>\n--b--\n")),
                        List.of(),
                        "forbidden-dtd"),
                Bad.http("malformed JSON", upload("application/json", utf8("{\"a\": ")), List.of(), "malformed"),
                Bad.http(
                        "gzip shorter than its header",
                        request("Content-Encoding: gzip\nContent-Length: 2", "\u001f\u0008"),
                        List.of(),
                        "bad-http"));
    }

    private static byte[] upload(String contentType, byte[] body) {
        return Http.request(
                "POST /a HTTP/1.1\nHost: a\nContent-Type: " + contentType + "\nContent-Length: " + body.length, body);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static final String HEAD =
            """
            <?xml version="1.0" encoding="UTF-8" ?>
            <config>
            <smartType>BAD</smartType>
            """;

    private static byte[] xml(String content) {
        return (HEAD + content + "</config>\n").getBytes(UTF_8);
    }

    private static byte[] packet(String content, byte[] image) {
        return CameraPacket.of(HEAD + content + "</config>\n", image).xml();
    }

    private static byte[] doctype(String doctype, String content) {
        return (HEAD.replace("<config>", doctype + "<config>") + content + "</config>\n").getBytes(UTF_8);
    }

    private static byte[] request(String headers, String body) {
        return Http.request("POST /a HTTP/1.1\nHost: a\n" + headers, body.getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void alone(Bad bad) throws IOException {
        try (Camera camera = Camera.connect(gateway.cameraPort(), address)) {
            camera.send(bad.bytes());
        }
        folder.awaitExactly(bad.stored());
        isReported(bad.reasons());
    }

    @ParameterizedTest
    @MethodSource("bad")
    void andAGoodPacketBehindIt(Bad bad) throws IOException {
        CameraPacket good = CameraPacket.scene(50, 2_000);
        try (Camera camera = Camera.connect(gateway.cameraPort(), address)) {
            if (bad.sameConnection()) {
                camera.send(Http.joined(bad.bytes(), good.xml()));
            } else {
                camera.send(bad.bytes());
            }
            try (Camera other = Camera.connect(gateway.cameraPort(), address)) {
                if (!bad.sameConnection()) {
                    other.send(good.xml());
                }
                eventually("the good packet").until(() -> folder.look()
                        .containsValue(Pictures.sha256(good.images().get(0))));
            }
        }
        List<byte[]> images = new ArrayList<>(bad.stored());
        images.addAll(good.images());
        folder.awaitExactly(images);
        isReported(bad.reasons());
    }

    /** One line in the log and one note in quarantine for each reason, beside what was received. */
    private void isReported(List<String> reasons) throws IOException {
        eventually("lines in the log")
                .until(() ->
                        gateway.logLines("rejected peer=\"" + address + ":").size() >= reasons.size());
        List<String> lines = gateway.logLines("rejected peer=\"" + address + ":");
        assertThat(lines).hasSameSizeAs(reasons);
        assertThat(lines).allSatisfy(line -> assertThat(line)
                .containsAnyOf(reasons.stream()
                        .map(reason -> "reason=\"" + reason + "\"")
                        .toArray(String[]::new)));
        eventually("notes").until(() -> notes().size() >= reasons.size());
        List<Path> notes = notes();
        List<String> noted = new ArrayList<>();
        for (Path note : notes) {
            JsonNode json = JSON.readTree(note.toFile());
            String reason = json.path("reason").asText();
            noted.add(reason);
            assertThat(json.path("detail").asText()).isNotEmpty();
            assertThat(note.getFileName().toString()).contains("_" + reason + "_");
            // Of a request there may be nothing that is not stored already.
            if (!json.path("wireFormat").asText().equals("http")) {
                assertThat(content(note)).isNotEmpty();
            }
        }
        assertThat(noted).containsExactlyInAnyOrderElementsOf(reasons);
    }

    private List<Path> notes() throws IOException {
        List<Path> notes = new ArrayList<>();
        for (Path file : ImageFolder.files(gateway.quarantine())) {
            String name = file.getFileName().toString();
            if (name.endsWith(".json")
                    && JSON.readTree(file.toFile()).path("peerHost").asText().equals(address)) {
                notes.add(file);
            }
        }
        return notes;
    }

    private static List<Path> content(Path note) {
        String stem = note.getFileName().toString().replace(".json", "");
        return ImageFolder.files(gateway.quarantine()).stream()
                .filter(file ->
                        !file.equals(note) && file.getFileName().toString().startsWith(stem + "."))
                .toList();
    }

    static List<String> hostile() {
        return List.of(
                "../../../.." + ESCAPED,
                "..\\..\\..\\escaped",
                ESCAPED.toString(),
                "C:\\escaped",
                "%2e%2e/%2e%2e/escaped",
                "..",
                ".framegate/counter",
                ".framegate-x.part",
                "-rf",
                "nul",
                "․․/․․/escaped",
                "．．/．．/escaped",
                "~root/escaped",
                "$(touch escaped)",
                "${header.FramegateSha256}",
                "{{framegate.http.password}}",
                "a".repeat(300),
                "CON");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void textsOfAPacketNeverLeaveTheImagesDirectory(String text) {
        byte[] image = Pictures.jpeg();
        String fields = "<smartType><![CDATA[" + text + "]]></smartType><mac><![CDATA[" + text + "]]></mac>"
                + "<deviceName><![CDATA[" + text + "]]></deviceName><sn><![CDATA[" + text + "]]></sn>"
                + "<sourceBase64Data>{0}</sourceBase64Data>";
        try (Camera camera = Camera.connect(gateway.cameraPort(), address)) {
            camera.send(
                    CameraPacket.of("<config>" + fields + "</config>", image).xml());
            Set<String> names = folder.awaitExactly(List.of(image)).keySet();
            assertThat(names).allSatisfy(name -> assertThat(name)
                    .matches("([A-Za-z0-9_][A-Za-z0-9._-]{0,119}/)*[A-Za-z0-9_][A-Za-z0-9._-]{0,119}"));
        }
        assertThat(ESCAPED).doesNotExist();
    }

    @Test
    void elementsAndHeadersWithNamesOfCamelChangeNothing() {
        byte[] image = Pictures.jpeg();
        byte[] other = Pictures.jpeg();
        String elements = "<smartType>H</smartType><CamelFileName>escaped</CamelFileName>"
                + "<CamelFileNameOnly>escaped</CamelFileNameOnly><CamelOverruleFileName>../escaped</CamelOverruleFileName>"
                + "<FramegateStoredPath>../escaped</FramegateStoredPath><FramegateCounter>1</FramegateCounter>"
                + "<FramegateRejectReason>escaped</FramegateRejectReason><FramegateRole>escaped</FramegateRole>"
                + "<sourceBase64Data>{0}</sourceBase64Data>";
        String head =
                """
                POST /a HTTP/1.1
                Host: a
                CamelFileName: escaped
                CamelOverruleFileName: ../escaped
                CAMELFileName: escaped
                FramegateRejectReason: escaped
                """;
        byte[] body =
                CameraPacket.of("<config>" + elements + "</config>", other).xml();
        try (Camera camera = Camera.connect(gateway.cameraPort(), address);
                Camera post = Camera.connect(gateway.cameraPort(), address)) {
            camera.send(
                    CameraPacket.of("<config>" + elements + "</config>", image).xml());
            post.send(Http.request(head + "Content-Length: " + body.length, body));
            assertThat(post.answer().status()).isEqualTo(200);
            assertThat(folder.awaitExactly(List.of(image, other)).keySet())
                    .allMatch(name -> name.matches("H_127\\.0\\.1\\.[0-9]+_[0-9]+\\.jpg"));
        }
    }

    @Test
    void textsOfAPacketCannotBreakALineOfTheLog() {
        byte[] image = Pictures.jpeg();
        byte[] other = Pictures.jpeg();
        String evil = "A\n2026-01-01T00:00:00.000Z ERROR io.framegate - forged\r\n\u001B[31mred\u0085\u2028";
        String cdata = "<config><smartType><![CDATA[" + evil + "]]></smartType><mac><![CDATA[" + evil + "]]></mac>"
                + "<deviceName><![CDATA[" + evil + "]]></deviceName><sourceBase64Data>{0}</sourceBase64Data></config>";
        String references = cdata.replace("\n", "&#10;")
                .replace("\r", "&#13;")
                .replace("\u001B", "&#9;")
                .replace("<![CDATA[", "")
                .replace("]]>", "");
        try (Camera camera = Camera.connect(gateway.cameraPort(), address)) {
            // Malformed, because XML has no escape character, and well-formed.
            camera.send(CameraPacket.of(cdata, image).xml());
            camera.send(CameraPacket.of(references, other).xml());
            folder.awaitExactly(List.of(image, other));
        }
        eventually("both lines")
                .until(() ->
                        gateway.logLines("event accepted peer=\"" + address).size() == 2);
        assertThat(gateway.logLines("forged")).allMatch(line -> line.contains("peer=\"" + address));
        assertThat(gateway.log().chars()).noneMatch(c -> c < ' ' && c != '\n');
        assertThat(gateway.log()).doesNotContain("\u0085", "\u2028", "\u001B");
        assertThat(gateway.log().lines()).allMatch(line -> line.matches("[0-9]{4}-.* (INFO |WARN |ERROR) .*"));
    }
}
