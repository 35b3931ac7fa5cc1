package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.Dialect;
import io.framegate.it.support.FramegateJar;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Http;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Pictures;
import io.framegate.tool.replay.ReplayCommand;
import io.framegate.wire.Frame;
import io.framegate.wire.FrameEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Replayed files and recordings are stored as they would have been the first time. */
class ReplayIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is new on a replayed image, because it is a separate event, received now and over HTTP. */
    private static final Set<String> NEW = Set.of(
            "counter",
            "encodedLength",
            "eventId",
            "fileName",
            "imageCount",
            "imageNumber",
            "latencyMillis",
            "packetLength",
            "packetSha256",
            "peer",
            "receivedAt",
            "receivedDate",
            "receivedStamp",
            "storedPath",
            "wireFormat",
            "detail",
            "reason");

    @TempDir
    private static Path shared;

    private static GatewayProcess gateway;

    @TempDir
    private Path directory;

    private ImageFolder folder;

    private record Run(int exitCode, List<String> said, String complained) {
        String summary() {
            return said.get(said.size() - 1);
        }

        List<String> lines(String word) {
            return said.stream().filter(line -> line.startsWith(word + " ")).toList();
        }
    }

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new ReplayCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Run(exitCode, out.toString().lines().toList(), err.toString());
    }

    private static Run replay(Object file, String... options) {
        List<String> arguments = new ArrayList<>(List.of(file.toString(), "--to", "127.0.0.1:" + gateway.cameraPort()));
        arguments.addAll(Arrays.asList(options));
        return run(arguments.toArray(new String[0]));
    }

    @BeforeAll
    static void start() {
        gateway = new GatewayProcess(shared)
                .with("framegate.store.retries", "0")
                .with("framegate.sidecar.enabled", "true")
                .with("framegate.intake.max-frame-length", "2MB")
                .with(
                        "framegate.images.name",
                        "in/image_${header.FramegateCounter}_${header.FramegateCameraName}${header.FramegateRoleSuffix}"
                                + ".${header.FramegateExtension}")
                .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void emptyQuarantine() throws IOException {
        for (Path file : ImageFolder.files(gateway.quarantine())) {
            Files.delete(file);
        }
        folder = gateway.images();
    }

    private interface Steps {
        void run() throws IOException;
    }

    /** Runs these steps while a file has the name of the images directory. */
    private static void whileNothingCanBeStored(Steps steps) throws IOException {
        Path in = gateway.directory().resolve("images/in");
        Path aside = gateway.directory().resolve("images/aside");
        Files.createDirectories(in);
        Files.move(in, aside);
        Files.writeString(in, "in the way");
        try {
            steps.run();
        } finally {
            Files.delete(in);
            Files.move(aside, in);
        }
    }

    private static List<Path> notes() {
        return ImageFolder.files(gateway.quarantine()).stream()
                .filter(file -> file.toString().endsWith(".json"))
                .sorted()
                .toList();
    }

    private static void awaitNotes(int count) {
        eventually(count + " notes").until(() -> notes().size() == count);
    }

    private static Map<String, Object> values(Path json) {
        try {
            Map<String, Object> values = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry :
                    JSON.readTree(Files.readAllBytes(json)).properties()) {
                values.put(entry.getKey(), entry.getValue());
            }
            values.keySet().removeAll(NEW);
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(Map<String, Object> values) {
        return ((JsonNode) values.get("sha256")).asText();
    }

    /** Returns the values in the sidecars of the stored images, by the hash of the image. */
    private Map<String, Map<String, Object>> stored() {
        Map<String, Map<String, Object>> stored = new HashMap<>();
        for (String path : folder.look().keySet()) {
            if (path.endsWith(".json")) {
                Map<String, Object> values =
                        values(gateway.directory().resolve("images").resolve(path));
                stored.put(hash(values), values);
            }
        }
        return stored;
    }

    private static byte[] frame(FrameEncoding encoding, byte[] picture) {
        ByteBuf out = Unpooled.buffer();
        encoding.encode(new Frame(picture, Instant.parse("2026-03-29T07:58:21.123456Z"), null), out);
        return ByteBufUtil.getBytes(out);
    }

    /** Sends an event with one image, which the gateway quarantines because it cannot store it. */
    private static CameraPacket notStored(int camera) throws IOException {
        CameraPacket packet = CameraPacket.scene(camera, 2_000);
        whileNothingCanBeStored(() -> {
            try (Camera sender = gateway.camera()) {
                assertThat(sender.post(packet.xml()).status()).isEqualTo(503);
            }
        });
        return packet;
    }

    @Test
    void imagesThatWereNotStoredHaveEverythingThatWasKnownOfThem() throws IOException {
        int expected = 3
                + Arrays.stream(Dialect.values())
                        .mapToInt(dialect -> dialect.suffixes().size())
                        .sum();
        whileNothingCanBeStored(() -> {
            for (Dialect dialect : Dialect.values()) {
                try (Camera camera = gateway.camera()) {
                    camera.send(dialect.packet().xml());
                }
            }
            try (Camera camera = gateway.camera()) {
                camera.send(Http.post("/?camera=front-door", Pictures.png()));
                assertThat(camera.answer().status()).isEqualTo(503);
                camera.send(Http.post("/?camera=front-door", Pictures.bareJpeg(900_000)));
                assertThat(camera.answer().status()).isEqualTo(503);
            }
            try (Camera camera = gateway.camera()) {
                camera.send(frame(FrameEncoding.LENGTH64, Pictures.jpeg()));
            }
            awaitNotes(expected);
        });
        Map<String, Map<String, Object>> known = new HashMap<>();
        notes().forEach(note -> known.put(hash(values(note)), values(note)));
        assertThat(known).hasSize(expected);

        Run run = replay(gateway.quarantine(), "--delete");
        assertThat(run.exitCode()).as("%s", run).isZero();
        assertThat(run.summary())
                .isEqualTo("accepted=" + expected + " sent=0 refused=0 unanswered=0 unusable=0 left=0 skipped=0");
        Map<String, Map<String, Object>> stored = stored();
        assertThat(stored.keySet()).isEqualTo(known.keySet());
        known.forEach((hash, values) -> assertThat(withoutSkipped(stored.get(hash)))
                .as("%s", values.get("cameraId"))
                .isEqualTo(withoutSkipped(values)));
        assertThat(ImageFolder.files(gateway.quarantine())).isEmpty();
    }

    /** Removes the impossible time of a camera, which that of receipt replaces, and the dialect, which is replay's. */
    private static Map<String, Object> withoutSkipped(Map<String, Object> values) {
        Map<String, Object> copy = new TreeMap<>(values);
        copy.computeIfPresent("attributes", (name, attributes) -> {
            Map<String, String> texts = new TreeMap<>();
            ((JsonNode) attributes)
                    .properties()
                    .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
            texts.remove("currentTime");
            return texts;
        });
        copy.remove("dialect");
        return copy;
    }

    @Tag("faults")
    @Test
    void withoutDeleteItIsStillThereAndASecondTimeStoresItASecondTime() throws IOException {
        CameraPacket packet = notStored(1);
        Set<Path> before = new HashSet<>(ImageFolder.files(gateway.quarantine()));
        for (int time = 1; time <= 2; time++) {
            assertThat(replay(gateway.quarantine()).exitCode()).isZero();
            assertThat(folder.look().values().stream().filter(packet.hashes()::contains))
                    .hasSize(time);
        }
        assertThat(ImageFolder.files(gateway.quarantine())).hasSameElementsAs(before);
    }

    @Test
    void whicheverOfItsFilesIsNamedItIsReplayedOnce() throws IOException {
        CameraPacket packet = notStored(1);
        String[] files = ImageFolder.files(gateway.quarantine()).stream()
                .map(Path::toString)
                .toArray(String[]::new);
        assertThat(files).hasSize(3);
        List<String> arguments = new ArrayList<>(List.of("--to", "127.0.0.1:" + gateway.cameraPort()));
        arguments.addAll(Arrays.asList(files));
        assertThat(run(arguments.toArray(new String[0])).summary()).startsWith("accepted=1 ");
        assertThat(folder.look().values().stream().filter(packet.hashes()::contains))
                .hasSize(1);
    }

    @Test
    void dryRunSendsAndDeletesNothing() throws IOException {
        notStored(1);
        Run run = replay(gateway.quarantine(), "--dry-run", "--delete");
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines("would-send"))
                .singleElement()
                .asString()
                .contains(
                        " reason=not-stored camera=\"02:00:5E:20:00:01\" type=MOTION role=scene captured=2026-03-11T");
        assertThat(run.summary()).startsWith("dry run: accepted=1 ");
        assertThat(folder.look()).isEmpty();
        assertThat(notes()).hasSize(1);
    }

    @Tag("faults")
    @Test
    void whatWasCutIsSkippedUnlessItIsWantedAndThenSaidToBeUnusable() {
        try (Camera camera = gateway.camera()) {
            camera.send("<config><mac>02:00:5E:20:00:01</mac><sourceBase64Data>" + "A".repeat(3 << 20));
        }
        try (Camera camera = gateway.camera()) {
            camera.send("<config><mac>02:00:5E:20:00:02</mac><sourceBase64Data>AAAA");
        }
        awaitNotes(2);
        Run all = replay(gateway.quarantine(), "--delete");
        assertThat(all.exitCode()).isZero();
        assertThat(all.summary()).endsWith(" skipped=2 {incomplete=1, too-long=1} (--reason takes them)");
        Run wanted = replay(gateway.quarantine(), "--delete", "--reason", "too-long,incomplete");
        assertThat(wanted.exitCode()).isOne();
        assertThat(wanted.lines("unusable"))
                .hasSize(2)
                .anyMatch(line -> line.contains("only its first 64 KB were kept"))
                .anyMatch(line -> line.contains("only a part of it came"));
        assertThat(notes()).hasSize(2);
    }

    @Test
    void malformedPacketIsReplayedOnRequest() {
        CameraPacket packet = CameraPacket.of(
                "<config><mac>02:00:5E:20:00:07</mac><a></b><sourceBase64Data>{0}</sourceBase64Data></config>",
                Pictures.jpeg());
        try (Camera camera = gateway.camera()) {
            camera.send(packet.xml());
        }
        awaitNotes(1);
        assertThat(replay(gateway.quarantine()).summary())
                .contains("accepted=0")
                .contains("skipped=1 {malformed=1}");
        Run run = replay(gateway.quarantine(), "--reason", "malformed");
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines("accepted")).hasSize(1);
        assertThat(folder.look().values().stream().filter(packet.hashes()::contains))
                .hasSize(2);
    }

    @Tag("faults")
    @Test
    void imageThatWasNotKeptWholeIsNotSent() throws IOException {
        notStored(1);
        Path image = ImageFolder.files(gateway.quarantine()).stream()
                .filter(file -> file.toString().endsWith(".bin"))
                .findFirst()
                .orElseThrow();
        Files.write(image, Arrays.copyOf(Files.readAllBytes(image), 1_000));
        Run run = replay(image, "--delete");
        assertThat(run.exitCode()).isOne();
        assertThat(run.lines("unusable")).singleElement().asString().contains("not whole, its hash differs");
        Files.delete(image);
        assertThat(replay(notes().get(0), "--delete").summary()).contains("unusable=1");
        assertThat(notes()).hasSize(1);
        assertThat(folder.look()).isEmpty();
    }

    @Tag("faults")
    @Test
    void gatewayThatStillCannotStoreEndsItAndNothingIsDeleted() throws IOException {
        notStored(1);
        notStored(2);
        whileNothingCanBeStored(() -> {
            Run run = replay(gateway.quarantine(), "--delete");
            assertThat(run.exitCode()).isOne();
            assertThat(run.said().get(0)).contains("refused").contains("answer 503, not-stored: ");
            assertThat(run.summary()).contains("accepted=0 sent=0 refused=1 ").contains(" left=1 ");
            assertThat(run.complained()).contains("stopped: ");
        });
        assertThat(notes()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void gatewayThatIsAwayIsSaidInOneLineAndNothingIsDeleted() throws IOException {
        notStored(1);
        Path recording = Files.writeString(directory.resolve("recording"), "<config/>");
        int nobody = GatewayProcess.freePort();
        for (Path file : List.of(gateway.quarantine(), recording)) {
            Run run = run(file.toString(), "--delete", "--to", "127.0.0.1:" + nobody);
            assertThat(run.exitCode()).isOne();
            assertThat(run.complained().lines()).hasSize(1);
            assertThat(run.complained()).startsWith("gateway: 127.0.0.1:" + nobody + " cannot be reached");
            assertThat(run.summary()).contains("accepted=0 ").contains("left=1 ");
        }
        assertThat(notes()).hasSize(1);
        assertThat(recording).exists();
    }

    @Tag("faults")
    @Test
    void gatewayThatGoesInTheMiddleLeavesTheRestWhereItIs() throws Exception {
        List<CameraPacket> packets = List.of(notStored(1), notStored(2), notStored(3), notStored(4));
        // Answers two requests, and takes the third without an answer.
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> proxy = CompletableFuture.runAsync(() -> takeTwoAndGo(server));
            Run run = run(gateway.quarantine().toString(), "--delete", "--to", "127.0.0.1:" + server.getLocalPort());
            proxy.get(30, TimeUnit.SECONDS);
            assertThat(run.exitCode()).isOne();
            assertThat(run.summary()).startsWith("accepted=2 sent=0 refused=0 unanswered=1 unusable=0 left=1 ");
            assertThat(run.complained()).contains("cannot be reached");
        }
        assertThat(notes()).hasSize(2);
        assertThat(packets).hasSize(4);
    }

    private static void takeTwoAndGo(ServerSocket server) {
        byte[] buffer = new byte[1 << 16];
        byte[] ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8);
        int requests = 0;
        try (Socket socket = server.accept()) {
            StringBuilder last = new StringBuilder();
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                last.append(new String(buffer, 0, read, UTF_8));
                if (last.toString().endsWith("--\r\n")) {
                    last.setLength(0);
                    if (++requests == 3) {
                        break;
                    }
                    socket.getOutputStream().write(ok);
                }
            }
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Tag("faults")
    @Test
    void aThousandFilesAreReplayedInTheirOrder() throws IOException {
        List<byte[]> images = new ArrayList<>();
        for (int number = 0; number < 1_000; number++) {
            byte[] image = Pictures.jpeg();
            images.add(image);
            Path base = directory.resolve("20260329_095821_" + (1_000 + number));
            Files.write(Path.of(base + ".bin"), image);
            Files.writeString(
                    Path.of(base + ".json"),
                    "{\"reason\": \"not-stored\", \"imageNumber\": 0, \"role\": \"scene\", \"cameraId\": \"yard\","
                            + " \"eventType\": \"frame\", \"capturedAt\": \"2026-03-29T07:58:21Z\", \"sha256\": \""
                            + Pictures.sha256(image) + "\"}");
        }
        Run run = replay(directory, "--delete");
        assertThat(run.exitCode()).as(run.complained()).isZero();
        assertThat(run.lines("accepted")).hasSize(1_000).isSorted();
        assertThat(ImageFolder.files(directory)).isEmpty();
        assertThat(folder.look().values())
                .containsAll(images.stream().map(Pictures::sha256).toList());
    }

    @Tag("faults")
    @Test
    void recordedXmlIsSentAsItIsAndKept() throws IOException {
        List<CameraPacket> packets = List.of(CameraPacket.scene(1, 2_000), CameraPacket.scene(2, 300_000));
        Path recording = Files.write(directory.resolve("recording.xml"), CameraPacket.pipelined(packets));
        Run run = replay(recording, "--delete");
        assertThat(run.exitCode()).as("%s", run).isZero();
        assertThat(run.lines("sent")).containsExactly("sent " + recording + ": bytes=" + Files.size(recording));
        // The gateway closes the connection when it has stored all images.
        assertThat(folder.look().values())
                .containsAll(CameraPacket.images(packets).stream()
                        .map(Pictures::sha256)
                        .toList());
    }

    @Test
    void recordedFramesAreSentAsTheyAre() throws IOException {
        List<String> hashes = new ArrayList<>();
        for (FrameEncoding encoding : List.of(
                FrameEncoding.LENGTH64,
                FrameEncoding.LENGTH16,
                FrameEncoding.LE32,
                FrameEncoding.BE32,
                FrameEncoding.JPEG)) {
            byte[] picture = Pictures.bareJpeg(1_000);
            hashes.add(Pictures.sha256(picture));
            Files.write(directory.resolve(encoding.tag()), frame(encoding, picture));
        }
        Run run = replay(directory);
        assertThat(run.exitCode()).as("%s", run).isZero();
        assertThat(run.summary()).startsWith("accepted=0 sent=5 ");
        assertThat(folder.look().values()).containsAll(hashes);
    }

    @Test
    void recordedRequestsAreAsManyAnswers() throws IOException {
        List<CameraPacket> packets = List.of(CameraPacket.scene(1, 2_000), CameraPacket.scene(2, 2_000));
        Path good = Files.write(
                directory.resolve("good"),
                Http.joined(
                        Http.post("/alarm", packets.get(0).xml()),
                        Http.post("/SendKeepalive", new byte[0]),
                        Http.post("/alarm", packets.get(1).xml())));
        Path bad = Files.write(
                directory.resolve("bad"),
                Http.joined(Http.post("/alarm", "<config>".getBytes(UTF_8)), Http.post("/SendKeepalive", new byte[0])));
        Run run = replay(directory, "--delete");
        assertThat(run.exitCode()).isOne();
        assertThat(run.said())
                .contains("accepted " + good + ": answers=3 refused=0")
                .anyMatch(line -> line.startsWith("refused " + bad + ": answers=2 refused=1, answer 400, incomplete"));
        assertThat(good).doesNotExist();
        assertThat(bad).exists();
        assertThat(folder.look().values()).containsAll(packets.get(0).hashes());
        assertThat(folder.look().values()).containsAll(packets.get(1).hashes());
    }

    @Tag("faults")
    @Test
    void halfOfARecordingIsNoSuccessWhereThereAreAnswers() throws IOException {
        byte[] request = Http.post("/alarm", CameraPacket.scene(1, 2_000).xml());
        Path half = Files.write(directory.resolve("half"), Arrays.copyOf(request, request.length / 2));
        Run run = replay(half, "--delete");
        assertThat(run.exitCode()).isOne();
        assertThat(run.said().get(0)).matches("(refused|unanswered) .*");
        assertThat(half).exists();
        byte[] xml = CameraPacket.scene(1, 2_000).xml();
        Path halfXml = Files.write(directory.resolve("half.xml"), Arrays.copyOf(xml, xml.length / 2));
        assertThat(replay(halfXml).lines("sent")).hasSize(1);
        eventually("incomplete")
                .until(() -> notes().stream().anyMatch(note -> note.toString().contains("incomplete")));
    }

    @Tag("faults")
    @Test
    void whatIsNoRecordingIsSaidAndTheRestIsSent() throws IOException {
        Files.createFile(directory.resolve("a-empty"));
        Files.writeString(directory.resolve("b-text"), "Dear reader");
        Files.write(directory.resolve("c.xml"), CameraPacket.scene(1, 1_000).xml());
        Run run = replay(directory);
        assertThat(run.exitCode()).isOne();
        assertThat(run.lines("unusable"))
                .hasSize(2)
                .anyMatch(line -> line.contains("a-empty: empty "))
                .anyMatch(line -> line.contains("b-text: first bytes fit no wire format"));
        assertThat(run.lines("sent")).hasSize(1);
    }

    @Tag("faults")
    @Test
    void hugeRecordingIsNotHeldInMemory() throws Exception {
        List<String> hashes = new ArrayList<>();
        Path recording = directory.resolve("huge");
        try (OutputStream out = Files.newOutputStream(recording)) {
            for (int number = 0; number < 60; number++) {
                CameraPacket packet = CameraPacket.scene(number % 90, 1_400_000);
                hashes.addAll(packet.hashes());
                out.write(packet.xml());
            }
        }
        assertThat(Files.size(recording)).isGreaterThan(100 << 20);
        Path said = directory.resolve("said");
        Process process = new ProcessBuilder(FramegateJar.command(
                        List.of("-Xmx32m"),
                        "replay",
                        recording.toString(),
                        "--to",
                        "127.0.0.1:" + gateway.framesPort()))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        assertThat(Files.readString(said)).startsWith("sent " + recording + ": bytes=");
        assertThat(folder.look().values()).containsAll(hashes);
    }

    @Test
    void wrongCommandLinesAreSaid() {
        assertThat(run().exitCode()).isEqualTo(2);
        Run gone = run(directory.resolve("none").toString());
        assertThat(gone.exitCode()).isEqualTo(2);
        assertThat(gone.complained()).contains("none is not there (expected: a file or a directory)");
        Run reason = run(directory.toString(), "--reason", "rain");
        assertThat(reason.exitCode()).isEqualTo(2);
        assertThat(reason.complained()).contains("--reason: rain (expected: all, or some of ");
        for (String to :
                List.of("gateway", "gateway:0", "gateway:65536", "http://gateway:80", "a b:80", "u@gateway:80")) {
            Run wrong = run(directory.toString(), "--to", to);
            assertThat(wrong.exitCode()).as(to).isEqualTo(2);
            assertThat(wrong.complained()).contains("--to: " + to + " (expected: host:port");
        }
        assertThat(run(directory.toString(), "--user", "a").complained()).contains("only one is given");
        assertThat(run("--help").said()).anyMatch(line -> line.contains("quarantine"));
    }

    @Tag("faults")
    @Test
    void emptyDirectoryIsNoFailure() {
        assertThat(replay(directory).exitCode()).isZero();
    }

    @Tag("faults")
    @Test
    void gatewayThatWantsAUserGetsIt() throws IOException {
        CameraPacket packet = notStored(1);
        try (GatewayProcess guarded = new GatewayProcess(directory.resolve("guarded"))
                .with("framegate.http.user", "cam")
                .with("framegate.http.password", "p\u00e4ss:word")
                .start()) {
            String to = "127.0.0.1:" + guarded.cameraPort();
            Run without = run(gateway.quarantine().toString(), "--delete", "--to", to);
            assertThat(without.exitCode()).isOne();
            assertThat(without.said().get(0)).contains("answer 401, unauthorized: ");
            Run with = run(
                    gateway.quarantine().toString(),
                    "--delete",
                    "--to",
                    to,
                    "--user",
                    "cam",
                    "--password",
                    "p\u00e4ss:word");
            assertThat(with.exitCode()).as("%s", with).isZero();
            assertThat(guarded.images().look()).isEmpty();
            assertThat(ImageFolder.files(guarded.directory().resolve("images")).stream()
                            .filter(file -> file.toString().endsWith(".jpg")))
                    .hasSameSizeAs(packet.hashes());
        }
        assertThat(notes()).isEmpty();
    }
}
