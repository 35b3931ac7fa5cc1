package io.framegate.receive.camera;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.framegate.event.CameraEvent;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.intake.FramegateHeaders;
import io.framegate.intake.TestListener;
import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.Http;
import io.framegate.it.support.Pictures;
import io.framegate.receive.camera.CameraContext.Arrived;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Predicate;
import org.apache.camel.builder.Builder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a route gets from {@code camera:}, and what the camera is answered. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = TestListener.LOG, mode = ResourceAccessMode.READ)
class CameraComponentTest {

    private static final CameraPacket FACES = CameraPacket.of(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <config version="1.7"><smartType>VFD</smartType><mac>02:00:5e:10:00:01</mac>
            <sourceDataInfo><sourceBase64Data>{0}</sourceBase64Data></sourceDataInfo>
            <listInfo>
            <item><targetId>7</targetId><targetImageData><targetBase64Data>{1}</targetBase64Data></targetImageData></item>
            <item><targetId>8</targetId><targetImageData><targetBase64Data>{2}</targetBase64Data></targetImageData></item>
            </listInfo></config>
            """,
            Pictures.jpeg(3_000), Pictures.jpeg(1_000), Pictures.png());

    private static final byte[] HEARTBEAT =
            "<config version=\"1.7\"><DeviceInfo><mac>02:00:5e:10:00:01</mac></DeviceInfo></config>"
                    .getBytes(StandardCharsets.UTF_8);

    private final CountDownLatch held = new CountDownLatch(1);

    @TempDir
    private Path directory = Path.of(".");

    @SuppressWarnings("NullAway.Init")
    private CameraContext context;

    @AfterEach
    void close() {
        held.countDown();
        if (context != null) {
            context.close();
        }
    }

    private CameraContext context() {
        context = CameraContext.in(directory, Map.of());
        return context;
    }

    private int post(byte[] body) {
        try (Camera camera = context.camera()) {
            return camera.post(body).status();
        }
    }

    private void hold(Exchange exchange) throws InterruptedException {
        if (!held.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still held");
        }
    }

    private static void fail(Exchange exchange) {
        throw new IllegalStateException("the route fails");
    }

    private List<Object> headers(String name) {
        return context.arrived().stream()
                .map(arrived -> arrived.headers().getOrDefault(name, ""))
                .toList();
    }

    @Test
    void eventIsTheBody() {
        context().listen("");
        assertThat(post(FACES.xml())).isEqualTo(200);
        assertThat(context.arrived()).hasSize(1);
        Arrived event = context.arrived().get(0);
        assertThat(event.body()).isInstanceOfSatisfying(CameraEvent.class, read -> {
            assertThat(read.type()).isEqualTo("VFD");
            assertThat(read.images()).hasSize(3);
        });
        assertThat(event.headers())
                .containsEntry(FramegateHeaders.CAMERA_ID, "02:00:5E:10:00:01")
                .containsEntry(FramegateHeaders.EVENT_TYPE, "VFD")
                .containsEntry(FramegateHeaders.WIRE_FORMAT, "http")
                .containsEntry(FramegateHeaders.IMAGE_COUNT, 3)
                .containsEntry(FramegateHeaders.PEER_HOST, "127.0.0.1")
                .doesNotContainKeys(FramegateHeaders.REJECT_REASON, FramegateHeaders.REJECT_DETAIL);
    }

    @Test
    void splitMakesAnExchangeOfEachImageInTheirOrder() {
        context().listen("split=true");
        assertThat(post(FACES.xml())).isEqualTo(200);
        assertThat(context.arrived()).extracting(Arrived::body).containsExactlyElementsOf(FACES.images());
        assertThat(headers(FramegateHeaders.ROLE)).containsExactly("scene", "face", "face");
        assertThat(headers(FramegateHeaders.IMAGE_NUMBER)).containsExactly(0, 1, 2);
        assertThat(headers(FramegateHeaders.EXTENSION)).containsExactly("jpg", "jpg", "png");
        assertThat(headers(FramegateHeaders.SHA256)).containsExactlyElementsOf(FACES.hashes());
        assertThat(headers(FramegateHeaders.CAMERA_NAME)).containsOnly("02_00_5E_10_00_01");
    }

    @Test
    void imageKnowsItsPlaceInThePacketAsInASplit() {
        List<String> places = new CopyOnWriteArrayList<>();
        context()
                .listen(
                        "split=true",
                        route -> route.process(image -> places.add(Stream.of(
                                        ExchangePropertyKey.SPLIT_INDEX,
                                        ExchangePropertyKey.SPLIT_SIZE,
                                        ExchangePropertyKey.SPLIT_COMPLETE)
                                .map(image::getProperty)
                                .map(String::valueOf)
                                .collect(Collectors.joining(" ")))));
        assertThat(post(FACES.xml())).isEqualTo(200);
        assertThat(places).containsExactly("0 3 false", "1 3 false", "2 3 true");
    }

    @Test
    void cameraIsAnsweredAfterTheLastImage() throws Exception {
        context().listen("split=true", route -> route.filter(header(FramegateHeaders.IMAGE_NUMBER, 2))
                .process(this::hold));
        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> post(FACES.xml()));
        eventually("all images").until(() -> context.arrived().size() == 3);
        assertThat(answer).isNotDone();
        held.countDown();
        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(200);
    }

    private static Predicate header(String name, Object value) {
        return Builder.header(name).isEqualTo(value);
    }

    @Test
    void routeThatFailsIsAnswered503() {
        context().listen("", route -> route.process(CameraComponentTest::fail));
        assertThat(post(FACES.xml())).isEqualTo(503);
    }

    @Test
    void routeThatFailsOnAnotherThreadIsAnswered503() {
        context().listen("split=true", route -> route.delay(1)
                .asyncDelayed()
                .filter(header(FramegateHeaders.IMAGE_NUMBER, 0))
                .process(CameraComponentTest::fail));
        assertThat(post(FACES.xml())).isEqualTo(503);
        assertThat(context.arrived()).hasSize(3);
    }

    @Test
    void imagesAfterOneThatFailsHaveTheirTurn() {
        context().listen("split=true", route -> route.filter(header(FramegateHeaders.IMAGE_NUMBER, 1))
                .process(CameraComponentTest::fail));
        assertThat(post(FACES.xml())).isEqualTo(503);
        assertThat(headers(FramegateHeaders.IMAGE_NUMBER)).containsExactly(0, 1, 2);
    }

    @Test
    void failureThatTheRouteHandlesIsAnswered200() {
        context().listen("", route -> route.doTry()
                .process(CameraComponentTest::fail)
                .doCatch(IllegalStateException.class)
                .process(exchange -> {})
                .end());
        assertThat(post(FACES.xml())).isEqualTo(200);
    }

    @Test
    void cameraWaitsWhileTheRouteIsSlow() {
        context().listen("maxInFlight=1&format=xml", route -> route.process(this::hold));
        int packets = 200;
        byte[] packet = CameraPacket.scene(1, 100_000).xml();
        try (Camera camera = context.camera()) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                for (int number = 0; number < packets; number++) {
                    camera.send(packet);
                }
            });
            eventually("a packet in the route").until(() -> context.arrived().size() == 1);
            assertThat(context.inFlight().packets()).isEqualTo(1);
            eventually("a full connection").until(() -> context.inFlight().bytes() > packet.length);
            assertThat(sent).isNotDone();
            assertThat(context.arrived()).hasSize(1);
            assertThat(context.inFlight().bytes()).isLessThan(4 << 20);
            held.countDown();
            eventually("all packets").until(() -> context.arrived().size() == packets);
        }
    }

    @Test
    void rejectedPacketGoesToTheQuarantine() {
        context().listen("split=true");
        assertThat(post("neither a picture nor an event".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(400);
        assertThat(context.arrived()).isEmpty();
        assertThat(context.files("quarantine")).hasSize(2).anyMatch(file -> file.endsWith(".json"));
    }

    @Test
    void rejectedPacketGoesToTheRoute() {
        context = CameraContext.withoutQuarantine(directory).listen("split=true&rejects=route");
        assertThat(post("neither a picture nor an event".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(400);
        assertThat(context.arrived()).hasSize(1);
        Arrived reject = context.arrived().get(0);
        assertThat(reject.body()).isInstanceOf(RejectedPacket.class);
        RejectedPacket rejected = (RejectedPacket) reject.body();
        assertThat(reject.headers())
                .containsEntry(FramegateHeaders.REJECT_REASON, rejected.reason().tag())
                .containsEntry(FramegateHeaders.REJECT_DETAIL, rejected.detail())
                .containsEntry(FramegateHeaders.PEER_HOST, "127.0.0.1");
    }

    @Test
    void imageThatIsNoPictureIsRejectedAlone() {
        byte[] packet = CameraPacket.of(new String(FACES.xml(), StandardCharsets.UTF_8)
                        .replaceFirst("(?s)<targetBase64Data>[^<]+", "<targetBase64Data>bm8gcGljdHVyZQ=="))
                .xml();
        context().listen("split=true");
        assertThat(post(packet)).isEqualTo(200);
        assertThat(headers(FramegateHeaders.IMAGE_NUMBER)).containsExactly(0, 2);
        assertThat(context.files("quarantine")).isNotEmpty().allMatch(file -> file.contains("not-a-picture"));
    }

    /** Requests of which some bytes go to the quarantine, with the answer if they can be kept there. */
    static Stream<Arguments> requestsWithRejects() {
        String faces = new String(FACES.xml(), StandardCharsets.UTF_8);
        return Stream.of(
                arguments(
                        "an image is no picture",
                        200,
                        CameraPacket.of(faces.replaceFirst(
                                        "(?s)<targetBase64Data>[^<]+", "<targetBase64Data>bm8gcGljdHVyZQ=="))
                                .xml()),
                arguments(
                        "the base64 of an image is damaged",
                        200,
                        CameraPacket.of(faces.replaceFirst("(?s)<targetBase64Data>[^<]+", "<targetBase64Data>/9j/!!"))
                                .xml()),
                arguments(
                        "the document is not well-formed",
                        200,
                        CameraPacket.of(faces.replace("</smartType>", "</smartType><a></b>"))
                                .xml()),
                arguments(
                        "a part is of no known kind",
                        200,
                        Http.joined(
                                "--b\n\n".getBytes(StandardCharsets.UTF_8),
                                Pictures.jpeg(1000),
                                "\n--b\nContent-Type: application/x\n\n\u0001raw\n--b--\n"
                                        .getBytes(StandardCharsets.UTF_8))),
                arguments("all is of no known kind", 400, "raw \u0001".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requestsWithRejects")
    void requestIsNotAcceptedIfARejectCannotBeKept(String what, int kept, byte[] body) throws IOException {
        context().listen("split=true");
        // A file where the copies need a directory.
        Files.write(directory.resolve("quarantine"), new byte[1]);
        assertThat(post(body)).isEqualTo(503);
        List<Object> stored = headers(FramegateHeaders.SHA256);
        Files.delete(directory.resolve("quarantine"));
        assertThat(post(body)).isEqualTo(kept);
        assertThat(context.files("quarantine")).isNotEmpty();
        assertThat(headers(FramegateHeaders.SHA256))
                .as("what is beside the reject, both times")
                .hasSize(2 * stored.size());
    }

    @Test
    void requestThatIsRefusedAnyhowKeepsItsAnswer() throws IOException {
        context().listen("");
        Files.write(directory.resolve("quarantine"), new byte[1]);
        assertThat(post("<!DOCTYPE a><config/>".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(400);
    }

    @Test
    void imageThatIsNoPictureGoesToTheRoute() {
        byte[] packet = CameraPacket.of(new String(FACES.xml(), StandardCharsets.UTF_8)
                        .replaceFirst("(?s)<targetBase64Data>[^<]+", "<targetBase64Data>bm8gcGljdHVyZQ=="))
                .xml();
        context = CameraContext.withoutQuarantine(directory).listen("split=true&rejects=route");
        assertThat(post(packet)).isEqualTo(200);
        assertThat(headers(FramegateHeaders.REJECT_REASON)).containsExactly("", "not-a-picture", "");
        assertThat(context.arrived().get(1).body()).isEqualTo("no picture".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void documentThatIsNotWellFormedIsAnEventAndAReject() {
        byte[] packet = CameraPacket.of(
                        new String(FACES.xml(), StandardCharsets.UTF_8).replace("</smartType>", "</smartType><a></b>"))
                .xml();
        context().listen("split=true");
        assertThat(post(packet)).isEqualTo(200);
        assertThat(context.arrived()).extracting(Arrived::body).containsExactlyElementsOf(FACES.images());
        assertThat(headers(FramegateHeaders.REJECT_REASON)).containsOnly("");
        assertThat(context.files("quarantine")).hasSize(2).allMatch(file -> file.contains("malformed"));
    }

    @Test
    void documentThatIsNotWellFormedIsTwoExchangesOfARouteThatWantsRejects() {
        byte[] packet = CameraPacket.of(
                        new String(FACES.xml(), StandardCharsets.UTF_8).replace("</smartType>", "</smartType><a></b>"))
                .xml();
        context = CameraContext.withoutQuarantine(directory).listen("rejects=route");
        assertThat(post(packet)).isEqualTo(200);
        assertThat(headers(FramegateHeaders.REJECT_REASON)).containsExactly("malformed", "");
        assertThat(context.arrived().get(0).body()).isInstanceOfSatisfying(RejectedPacket.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(RejectReason.MALFORMED);
            assertThat(rejected.content()).startsWith("<?xml".getBytes(StandardCharsets.UTF_8));
        });
        assertThat(context.arrived().get(1).body()).isInstanceOf(CameraEvent.class);
    }

    @Test
    void heartbeatsAreAnsweredAndAreNoExchange() {
        context().listen("");
        assertThat(post(HEARTBEAT)).isEqualTo(200);
        assertThat(post(new byte[0])).isEqualTo(200);
        assertThat(context.arrived()).isEmpty();
    }

    @Test
    void heartbeatsAreExchangesIfTheyAreWanted() {
        context().listen("heartbeats=true");
        assertThat(post(HEARTBEAT)).isEqualTo(200);
        assertThat(headers(FramegateHeaders.EVENT_TYPE)).containsExactly("keepalive");
    }

    @Test
    void camerasMustLogIn() {
        context().listen("user=cam&password=RAW(a+b&c)");
        try (Camera camera = context.camera()) {
            assertThat(camera.post(FACES.xml()).status()).isEqualTo(401);
            camera.send(Http.post("/", FACES.xml(), "Authorization: Basic Y2FtOmErYiZj"));
            assertThat(camera.answer().status()).isEqualTo(200);
        }
        assertThat(context.arrived()).hasSize(1);
    }
}
