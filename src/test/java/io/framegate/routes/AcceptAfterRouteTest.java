package io.framegate.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framegate.event.Packet;
import io.framegate.image.Pictures;
import io.framegate.intake.CameraPipelineFactory;
import io.framegate.intake.FramegateHeaders;
import io.framegate.intake.InFlight;
import io.framegate.intake.WireFormats;
import io.framegate.it.support.GatewayProcess;
import io.framegate.outbox.Acceptances;
import io.framegate.outbox.Outbox;
import io.framegate.receive.EventRepository;
import io.framegate.receive.NotStoredException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.netty.NettyHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The camera's answer waits until targets have what it sent: {@code framegate.accept.after=a,b}. */
@Isolated
class AcceptAfterRouteTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final byte[] PICTURE = Pictures.encoded(Pictures.photo(32, 24), "jpeg");
    private static final byte[] FACE = Pictures.encoded(Pictures.photo(16, 12), "jpeg");

    @TempDir
    private Path directory = Path.of(".");

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private volatile boolean away = true;

    private static Packet event() {
        return TestPacket.face(PICTURE, FACE);
    }

    private RunningRoutes start(String timeout, Map<String, String> more) throws Exception {
        Map<String, String> properties = new TreeMap<>(Map.of(
                "framegate.deliver.a.enabled", "true",
                "framegate.deliver.b.enabled", "true",
                "framegate.deliver.c.enabled", "true",
                "framegate.deliver.b.after", "a",
                "framegate.deliver.a.events", "true",
                "framegate.deliver.retry-delay", "20ms",
                "framegate.deliver.max-retry-delay", "20ms",
                "framegate.accept.enabled", "true",
                "framegate.accept.after", "a, b",
                "framegate.accept.timeout", timeout));
        properties.putAll(more);
        RunningRoutes routes = RunningRoutes.in(directory, properties);
        routes.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String target : List.of("a", "b")) {
                    from("outbox:" + target)
                            .routeConfigurationId("deliver")
                            .process(exchange -> take(target, exchange));
                }
            }
        });
        return routes;
    }

    private void take(String target, Exchange exchange) throws IOException {
        if (away && target.equals("a")) {
            throw new IOException("away");
        }
        taken.add(target + ":" + exchange.getMessage().getHeader(FramegateHeaders.ROLE));
    }

    private static Outbox outbox(RunningRoutes routes) {
        return routes.context().getRegistry().lookupByNameAndType("outbox", Outbox.class);
    }

    private static long failed(RunningRoutes routes, Acceptances.Failure reason) {
        return outbox(routes).acceptances().countFailed(reason);
    }

    @Test
    void cameraIsAnsweredWhenTheTargetsHaveAllImages() throws Exception {
        try (RunningRoutes routes = start("20s", Map.of())) {
            CompletableFuture<Exchange> answer = CompletableFuture.supplyAsync(() -> routes.send(event()));
            await().atMost(SOON).until(() -> routes.files("images").size() == 2);
            await().during(Duration.ofMillis(500)).until(() -> !answer.isDone());
            away = false;
            await().atMost(SOON).until(answer::isDone);
            assertThat(answer.join().getException()).isNull();
            assertThat(taken).containsExactlyInAnyOrder("a:scene", "a:face", "b:scene", "b:face");
        }
    }

    @Test
    void cameraIsToldToSendAgainAfterTheLimitAndNothingIsLost() throws Exception {
        try (RunningRoutes routes = start("300ms", Map.of());
                CapturedLog log = CapturedLog.of("io.framegate.events")) {
            assertThat(routes.send(event()).getException()).isInstanceOf(NotStoredException.class);
            assertThat(routes.files("images")).hasSize(2);
            assertThat(outbox(routes).waiting("a")).isEqualTo(2);
            assertThat(failed(routes, Acceptances.Failure.TIMEOUT)).isEqualTo(1);
            assertThat(log.lines())
                    .anyMatch(line -> line.startsWith("WARN event stored, but not accepted")
                            && line.contains("targets=a,b reason=timeout"));
            away = false;
            await().atMost(SOON)
                    .until(() -> outbox(routes).waiting("a") + outbox(routes).waiting("b") == 0);
            assertThat(taken).hasSize(4);
            assertThat(routes.send(event()).getException()).isNull();
        }
    }

    @Test
    void cameraIsToldToSendAgainAtOnceIfATargetSetsItsImageAside() throws Exception {
        try (RunningRoutes routes = start("1m", Map.of("framegate.deliver.a.max-size", "10"))) {
            assertThat(routes.send(event()).getException()).isInstanceOf(NotStoredException.class);
            assertThat(failed(routes, Acceptances.Failure.SET_ASIDE)).isEqualTo(1);
        }
    }

    @Test
    void whatNoTargetGetsWaitsForNone() throws Exception {
        try (RunningRoutes routes = start("1m", Map.of("framegate.deliver.a.events", "false"))) {
            assertThat(routes.send(TestPacket.of("PEA", TestPacket.MAC).packet())
                            .getException())
                    .isNull();
        }
    }

    @Test
    void eventWithoutImageWaitsForTheTargetThatGetsIt() throws Exception {
        try (RunningRoutes routes = start("300ms", Map.of())) {
            Packet event = TestPacket.of("PEA", TestPacket.MAC).packet();
            assertThat(routes.send(event).getException()).isInstanceOf(NotStoredException.class);
            away = false;
            assertThat(routes.send(event).getException()).isNull();
        }
    }

    @Test
    void stopAnswersAtOnceThatNothingIsAccepted() throws Exception {
        try (RunningRoutes routes = start("1m", Map.of())) {
            CompletableFuture<Exchange> answer = CompletableFuture.supplyAsync(() -> routes.send(event()));
            await().atMost(SOON).until(() -> routes.files("images").size() == 2);
            outbox(routes).acceptances().stop();
            await().atMost(Duration.ofSeconds(2)).until(answer::isDone);
            assertThat(answer.join().getException()).isInstanceOf(NotStoredException.class);
            assertThat(routes.send(event()).getException()).isInstanceOf(NotStoredException.class);
            assertThat(failed(routes, Acceptances.Failure.STOPPING)).isEqualTo(2);
            away = false;
            await().atMost(SOON).until(() -> outbox(routes).waiting("b") == 0);
        }
    }

    /** The first copy may be stored already, but nobody knows yet whether it will be accepted. */
    @Test
    void copyOfAnEventThatWaitsIsRefusedAtOnceAndStoredAgainLater() throws Exception {
        Map<String, String> deduplicate = Map.of("framegate.deduplicate.window", "10m");
        try (RunningRoutes routes = start("2s", deduplicate)) {
            routes.context()
                    .getRegistry()
                    .lookupByNameAndType("eventRepository", EventRepository.class)
                    .setWaits(false);
            CompletableFuture<Exchange> first = CompletableFuture.supplyAsync(() -> routes.send(event()));
            await().atMost(SOON).until(() -> routes.files("images").size() == 2);
            assertThat(routes.send(event()).getException()).isInstanceOf(NotStoredException.class);
            assertThat(first).isNotDone();
            await().atMost(SOON).until(first::isDone);
            away = false;
            assertThat(routes.send(event()).getException()).isNull();
            assertThat(routes.files("images")).hasSize(4);
            assertThat(routes.send(event()).getException()).isNull();
            assertThat(routes.files("images")).hasSize(4);
        }
    }

    private int listen(RunningRoutes routes) throws Exception {
        int port = GatewayProcess.freePort();
        CameraPipelineFactory pipeline = new CameraPipelineFactory();
        pipeline.setInFlight(new InFlight(64 << 20));
        pipeline.setMaxInFlight(1);
        pipeline.setThreads(NettyHelper.createExecutorGroup(routes.context(), "only", 1));
        routes.context().getRegistry().bind("pipeline", pipeline);
        routes.context().getRegistry().bind("formats", new WireFormats());
        routes.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("netty:tcp://127.0.0.1:" + port
                                + "?serverInitializerFactory=#pipeline&decoders=#formats&sync=false")
                        .to("direct:receive-packet");
            }
        });
        return port;
    }

    private static byte[] packet(int number) {
        return ("<?xml version=\"1.0\"?><config version=\"1.7\"><smartType>VFD</smartType><mac>02:00:5E:10:00:01</mac>"
                        + "<currentTime>177468470112345" + number + "</currentTime><sourceDataInfo><sourceBase64Data>"
                        + Base64.getEncoder().encodeToString(PICTURE)
                        + "</sourceBase64Data></sourceDataInfo></config>")
                .getBytes(UTF_8);
    }

    @Test
    void nextPacketOfABareSocketIsReadWhenTheTargetsHaveTheOneBefore() throws Exception {
        try (RunningRoutes routes = start("20s", Map.of());
                Socket camera = new Socket(InetAddress.getLoopbackAddress(), listen(routes))) {
            camera.getOutputStream().write(packet(1));
            camera.getOutputStream().write(packet(2));
            await().atMost(SOON).until(() -> routes.files("images").size() == 1);
            await().during(Duration.ofMillis(700))
                    .until(() -> routes.files("images").size() == 1);
            away = false;
            await().atMost(SOON).until(() -> routes.files("images").size() == 2);
        }
    }

    /** Five cameras, and one thread that runs the routes. */
    @Test
    void noThreadWaitsSoOtherCamerasAreStored() throws Exception {
        List<Socket> cameras = new ArrayList<>();
        try (RunningRoutes routes = start("20s", Map.of())) {
            int port = listen(routes);
            for (int number = 1; number <= 5; number++) {
                Socket camera = new Socket(InetAddress.getLoopbackAddress(), port);
                cameras.add(camera);
                post(camera.getOutputStream(), packet(number));
            }
            await().atMost(SOON).until(() -> routes.files("images").size() == 5);
            assertThat(cameras.get(0).getInputStream().available()).isZero();
            away = false;
            for (Socket camera : cameras) {
                assertThat(status(camera.getInputStream())).isEqualTo("HTTP/1.1 200 OK");
            }
        } finally {
            for (Socket camera : cameras) {
                camera.close();
            }
        }
    }

    @Test
    void httpIsAnswered503AfterTheLimit() throws Exception {
        try (RunningRoutes routes = start("300ms", Map.of());
                Socket camera = new Socket(InetAddress.getLoopbackAddress(), listen(routes))) {
            post(camera.getOutputStream(), packet(1));
            assertThat(status(camera.getInputStream())).startsWith("HTTP/1.1 503");
            assertThat(routes.files("images")).hasSize(1);
        }
    }

    private static void post(OutputStream out, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(UTF_8));
        request.write(body);
        out.write(request.toByteArray());
    }

    private static String status(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
            line.write(next);
        }
        return line.toString(UTF_8);
    }
}
