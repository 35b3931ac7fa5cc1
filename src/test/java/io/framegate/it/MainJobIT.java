package io.framegate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.Camera.HttpAnswer;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.Dialect;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Http;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Pictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a camera sends and however it arrives, every image in it becomes one whole file with the right name. */
class MainJobIT {

    private static final Pattern NAME = Pattern.compile(
            "image_([0-9]+)_([0-9A-F]{2}(?:_[0-9A-F]{2}){5}(?:-ch[0-9]+)?|[0-9.]+)_[0-9]{8}_[0-9]{6}(_[a-z]+)?\\.(jpg|png)");

    @TempDir
    private static Path directory;

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() {
        gateway = new GatewayProcess(directory).start();
    }

    @AfterAll
    static void nothingWasLeftBehind() {
        try (GatewayProcess ended = gateway) {
            assertThat(ended.terminate()).isEqualTo(143);
            assertThat(gateway.images().temporaryFiles()).isEmpty();
            assertThat(gateway.logLines(" WARN ")).isEmpty();
            assertThat(gateway.logLines(" ERROR ")).isEmpty();
            assertThat(ImageFolder.files(gateway.quarantine())).isEmpty();
        }
    }

    /** How packets arrive. */
    record Way(String name, boolean http, boolean otherPort, int piece) {
        int port() {
            return otherPort ? gateway.framesPort() : gateway.cameraPort();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Way> ways() {
        return List.of(
                new Way("bare, pipelined", false, false, 1 << 20),
                new Way("bare, pipelined, other port", false, true, 1 << 20),
                new Way("bare, 1 byte at a time", false, true, 1),
                new Way("bare, 7 bytes at a time", false, false, 7),
                new Way("HTTP, pipelined", true, false, 1 << 20),
                new Way("HTTP, pipelined, other port", true, true, 1 << 20),
                new Way("HTTP, 1 byte at a time", true, false, 1),
                new Way("HTTP, 7 bytes at a time", true, true, 7));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyDialectGivesExactlyItsImages(Way way) {
        ImageFolder folder = gateway.images();
        List<CameraPacket> packets =
                Arrays.stream(Dialect.values()).map(Dialect::packet).toList();
        byte[] stream = way.http()
                ? Http.joined(packets.stream()
                        .map(packet -> Http.post("/alarm", packet.xml()))
                        .toArray(byte[][]::new))
                : CameraPacket.pipelined(packets);
        try (Camera camera = Camera.connect(way.port())) {
            camera.sendInPieces(stream, way.piece());
            if (way.http()) {
                packets.forEach(packet -> assertThat(camera.answer().status()).isEqualTo(200));
            }
            folder.awaitExactly(CameraPacket.images(packets));
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void namesSayWhichCameraAndWhatIsOnThePicture(Dialect dialect) {
        ImageFolder folder = gateway.images();
        CameraPacket packet = dialect.packet();
        try (Camera camera = gateway.camera()) {
            assertThat(camera.post(packet.xml()).status()).isEqualTo(200);
        }
        // The answer says that all is stored, so there is nothing to wait for.
        folder.assertHolds(packet.hashes());
        List<String> suffixes = new ArrayList<>();
        for (String name : folder.look().keySet()) {
            Matcher matcher = NAME.matcher(name);
            assertThat(matcher.matches()).as(name).isTrue();
            assertThat(matcher.group(2)).isEqualTo(dialect.cameraName());
            suffixes.add(matcher.group(3) == null ? "" : matcher.group(3));
        }
        assertThat(suffixes).containsExactlyInAnyOrderElementsOf(dialect.suffixes());
    }

    @Test
    void answerIsWhatCamerasTakeForSuccessAndComesWhenTheFileIsThere() {
        ImageFolder folder = gateway.images();
        List<String> sent = new ArrayList<>();
        try (Camera camera = gateway.camera()) {
            for (int i = 0; i < 20; i++) {
                CameraPacket packet = CameraPacket.scene(1, 30_000);
                HttpAnswer answer = camera.post(packet.xml());
                sent.addAll(packet.hashes());
                folder.assertHolds(sent);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).contains("<config ").contains("<status>success</status>");
                assertThat(answer.header("Content-Type")).startsWith("application/xml");
            }
        }
    }

    @Test
    void pngIsCalledSo() {
        ImageFolder folder = gateway.images();
        CameraPacket packet = CameraPacket.scene(2, Pictures.png());
        try (Camera camera = gateway.camera()) {
            camera.send(packet.xml());
            Map<String, String> stored = folder.awaitExactly(packet.images());
            assertThat(stored.keySet()).allMatch(name -> name.matches("image_[0-9]+_02_00_5E_20_00_02_.*[0-9]\\.png"));
        }
    }

    @Test
    void messagesWithoutImagesStoreNothingAndAreNoErrors() {
        List<String> messages = List.of(
                """
                <?xml version="1.0" encoding="UTF-8" ?>
                <DeviceInfo>
                <DeviceName>Tor</DeviceName><DeviceNo.>1</DeviceNo.><SN><![CDATA[FGIT01]]></SN>
                <macAddress>02:00:5e:20:02:01</macAddress>
                </DeviceInfo>
                """,
                "<config><messageType>keepalive</messageType></config>",
                """
                <?xml version="1.0" encoding="UTF-8" ?>
                <config version="1.7" xmlns="http://www.ipc.com/ver10">
                <alarmStatusInfo><motionAlarm type="boolean" id="1">true</motionAlarm></alarmStatusInfo>
                <dataTime><![CDATA[03-11-2026 01:27:14 PM]]></dataTime>
                <deviceInfo><deviceNo.><![CDATA[1]]></deviceNo.><macAddress>02:00:5e:20:02:01</macAddress></deviceInfo>
                </config>
                """,
                """
                <?xml version="1.0" encoding="UTF-8" ?>
                <config version="1.7" xmlns="http://www.ipc.com/ver10">
                <mac>02:00:5e:20:02:01</mac>
                <traject type="list" count="1"><item><targetId>8</targetId></item></traject>
                </config>
                """);
        ImageFolder folder = gateway.images();
        CameraPacket last = CameraPacket.scene(3, 0);
        try (Camera camera = gateway.camera()) {
            for (String message : messages) {
                assertThat(camera.post(message.getBytes(UTF_8)).status()).isEqualTo(200);
            }
            assertThat(camera.send(Http.post("/SendKeepalive", new byte[0]))
                            .answer()
                            .status())
                    .isEqualTo(200);
            assertThat(camera.post(last.xml()).status()).isEqualTo(200);
        }
        folder.assertHolds(last.hashes());
        CameraPacket lastBare = CameraPacket.scene(3, 0);
        try (Camera camera = gateway.camera()) {
            camera.send(String.join("\r\n", messages)).send(lastBare.xml());
            folder.awaitExactly(CameraPacket.images(List.of(last, lastBare)));
        }
    }

    @Test
    void recorderPostsWithAnAbsoluteUriAndIsAnsweredBeforeTheClose() {
        ImageFolder folder = gateway.images();
        CameraPacket packet = Dialect.RECORDER.packet();
        String head =
                """
                POST http://192.0.2.1:18000/API HTTP/1.1
                Host: 192.0.2.1
                Content-Type: application/soap+xml; charset=utf-8
                Connection: close
                Content-Length: %d
                """
                        .replace("%d", Integer.toString(packet.xml().length));
        try (Camera camera = gateway.camera()) {
            HttpAnswer answer = camera.send(Http.request(head, packet.xml())).answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
            assertThat(camera.isClosedWithin(Duration.ofSeconds(20))).isTrue();
        }
        folder.assertHolds(packet.hashes());
    }

    @Test
    void senderThatSaysItIsDoneStillGetsItsAnswers() {
        ImageFolder folder = gateway.images();
        CameraPacket first = CameraPacket.scene(6, 100_000);
        CameraPacket second = CameraPacket.scene(6, 100_000);
        try (Camera camera = gateway.camera()) {
            camera.send(Http.post("/alarm", first.xml())).send(Http.post("/alarm", second.xml()));
            camera.finish();
            assertThat(camera.answer().status()).isEqualTo(200);
            assertThat(camera.answer().status()).isEqualTo(200);
            assertThat(camera.isClosedWithin(Duration.ofSeconds(20))).isTrue();
        }
        folder.assertHolds(List.of(first.hashes().get(0), second.hashes().get(0)));
    }

    @Test
    void chunksCountAlsoBesideAContentLengthOfNothing() {
        ImageFolder folder = gateway.images();
        CameraPacket first = CameraPacket.scene(4, 5_000);
        CameraPacket second = CameraPacket.scene(4, 5_000);
        String head =
                """
                POST /alarm HTTP/1.1
                Host: 192.0.2.1
                Transfer-Encoding: chunked
                Content-Length: 0
                """;
        for (byte[] body : List.of(Http.chunked(first.xml(), 700), Http.chunked(second.xml(), 1))) {
            try (Camera camera = gateway.camera()) {
                HttpAnswer answer = camera.send(Http.request(head, body)).answer();
                assertThat(answer.status()).isEqualTo(200);
                // RFC 9112, 6.3: a proxy may have read another length.
                assertThat(answer.header("Connection")).isEqualTo("close");
            }
        }
        folder.assertHolds(CameraPacket.images(List.of(first, second)).stream()
                .map(Pictures::sha256)
                .toList());
    }

    @Test
    void compressedBodyIsUnpacked() throws IOException {
        ImageFolder folder = gateway.images();
        CameraPacket packet = CameraPacket.scene(5, 5_000);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(packet.xml());
        }
        try (Camera camera = gateway.camera()) {
            camera.send(Http.post("/alarm", packed.toByteArray(), "Content-Encoding: gzip"));
            assertThat(camera.answer().status()).isEqualTo(200);
        }
        folder.assertHolds(packet.hashes());
    }

    @Test
    void oldFirmwarePostsEachPictureByItself() {
        ImageFolder folder = gateway.images();
        byte[] scene = Pictures.jpeg(4_000);
        byte[] face = Pictures.jpeg();
        String event =
                """
                <?xml version="1.0" encoding="UTF-8" ?>
                <config version="1.0" xmlns="http://www.ipc.com/ver10">
                <smartType>VFD</smartType><mac>02:00:5e:20:02:07</mac><currentTime>1773221234567890</currentTime>
                </config>
                """;
        String time = "CurrentTime: 1773221234567890";
        try (Camera camera = gateway.camera()) {
            camera.send(Http.post("/SendAlarmData", event.getBytes(UTF_8), time));
            assertThat(camera.answer().status()).isEqualTo(200);
            camera.send(Http.post("/SendAlarmData/SourcePicture", scene, time));
            assertThat(camera.answer().status()).isEqualTo(200);
            camera.send(Http.post("/SendAlarmData/FacePicture/12", face, time));
            assertThat(camera.answer().status()).isEqualTo(200);
        }
        folder.assertHolds(List.of(Pictures.sha256(scene), Pictures.sha256(face)));
        assertThat(folder.look().keySet())
                .allMatch(name -> name.contains("_02_00_5E_20_02_07_"))
                .anyMatch(name -> name.endsWith("_face.jpg"));
    }

    @Test
    void browserIsToldWhatThisIs() {
        for (int port : new int[] {gateway.cameraPort(), gateway.framesPort()}) {
            try (Camera browser = Camera.connect(port)) {
                HttpAnswer answer = browser.send("GET / HTTP/1.1\r\nHost: 192.0.2.1\r\n\r\n")
                        .answer();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("Content-Type")).startsWith("text/html");
                assertThat(answer.body()).contains("<h1>Framegate</h1>");
            }
        }
    }

    @Test
    void sixteenCamerasAtOnceLoseNothing() throws Exception {
        ImageFolder folder = gateway.images();
        List<String> sent = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<List<CameraPacket>>> cameras = new ArrayList<>();
            for (int number = 0; number < 16; number++) {
                int camera = number;
                cameras.add(threads.submit(() -> sendFifty(camera)));
            }
            for (Future<List<CameraPacket>> camera : cameras) {
                camera.get().forEach(packet -> sent.addAll(packet.hashes()));
            }
        } finally {
            threads.shutdownNow();
        }
        Map<String, String> stored = folder.awaitExactly(Duration.ofSeconds(30), sent);
        assertThat(stored.keySet().stream().map(name -> name.split("_", -1)[1]).distinct())
                .as("numbers")
                .hasSize(16 * 50);
    }

    /** Every other camera speaks HTTP; the others send without waiting, as cameras do, and stay connected. */
    private static List<CameraPacket> sendFifty(int number) {
        List<CameraPacket> packets = new ArrayList<>();
        int port = number % 4 < 2 ? gateway.cameraPort() : gateway.framesPort();
        try (Camera camera = Camera.connect(port)) {
            for (int i = 0; i < 50; i++) {
                CameraPacket packet = CameraPacket.scene(number, 20_000);
                packets.add(packet);
                if (number % 2 == 0) {
                    camera.send(packet.xml());
                } else {
                    assertThat(camera.post(packet.xml()).status()).isEqualTo(200);
                }
            }
        }
        return packets;
    }

    /** A setting of Camel that users try for speed. A copy of an event is known only if its first one was completed. */
    @Test
    void pooledExchangesAnswerEachPacketAndCompleteIt(@TempDir Path other) {
        List<CameraPacket> packets = IntStream.range(0, 8)
                .mapToObj(camera -> CameraPacket.scene(camera, 30_000))
                .toList();
        try (GatewayProcess pooled = new GatewayProcess(other)
                        .with("camel.main.exchange-factory", "pooled")
                        .with("framegate.deduplicate.window", "10m")
                        .start();
                Camera camera = Camera.connect(pooled.cameraPort())) {
            ImageFolder folder = pooled.images();
            for (int time = 0; time < 5; time++) {
                for (CameraPacket packet : packets) {
                    assertThat(camera.post(packet.xml()).status()).isEqualTo(200);
                }
            }
            folder.awaitExactly(CameraPacket.images(packets));
        }
    }
}
