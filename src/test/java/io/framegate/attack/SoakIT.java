package io.framegate.attack;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Http;
import io.framegate.it.support.Pictures;
import io.framegate.it.support.RawHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cameras of all formats, an open wall and looks at its pictures, for ten minutes or {@code -Dattack.soak.minutes}:
 * what the gateway takes does not grow.
 */
@Tag("soak")
class SoakIT {

    private static final int MINUTES = Integer.getInteger("attack.soak.minutes", 10);
    private static final int CAMERAS = 24;
    private static final int SLACK = 12;
    private static final int WEB_WORKERS = 20;
    private static final int SAMPLES = 8;

    @TempDir
    private Path directory;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(8);

    @Test
    void heapThreadsAndDescriptorsStayFlat() throws Exception {
        try (GatewayProcess gateway = new GatewayProcess(directory)
                        .withOption("-Xmx64m")
                        .with("framegate.retention.max-size", "100MB")
                        .with("framegate.retention.every", "10s")
                        .start();
                Socket wall = new Socket(InetAddress.getLoopbackAddress(), gateway.webPort())) {
            wall.getOutputStream()
                    .write("GET /api/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            threads.execute(() -> drain(wall));
            for (int number = 0; number < CAMERAS; number++) {
                Camera camera = Camera.connect(gateway.cameraPort(), "127.0.1." + (1 + number));
                every(1000, number, sender(number, camera));
            }
            every(1000, 0, look -> looks(gateway, look));
            for (int number = 0; number < WEB_WORKERS; number++) {
                // Vert.x starts a thread for each of the first blocking requests.
                Vitals.held(gateway);
            }
            List<Vitals> minutes = new ArrayList<>();
            for (int minute = 1; minute <= MINUTES; minute++) {
                long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
                eventually("a minute", Duration.ofMinutes(2))
                        .until(() -> !gateway.isAlive() || System.nanoTime() - end > 0);
                minutes.add(lowest(gateway));
                AttackTable.note("soak, minute " + minute + ": " + minutes.get(minute - 1));
            }
            Vitals third = minutes.get(Math.min(2, MINUTES - 1));
            Vitals last = minutes.get(MINUTES - 1);
            assertThat(gateway.log()).doesNotContain("OutOfMemoryError").doesNotContain(" ERROR ");
            assertThat(gateway.logLines("event accepted")).hasSizeGreaterThan(MINUTES * 60 * CAMERAS / 2);
            assertThat(last.heap()).as("heap").isBetween(third.heap() * 9 / 10, third.heap() * 11 / 10);
            assertThat(last.threads()).as("threads").isBetween(1, third.threads() + 4);
            assertThat(last.descriptors()).as("descriptors").isBetween(1, third.descriptors() + SLACK);
            threads.shutdownNow();
            assertThat(gateway.terminate()).isEqualTo(143);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The heap has new garbage as soon as it was collected, so the smallest of some figures counts. */
    private static Vitals lowest(GatewayProcess gateway) throws IOException, InterruptedException {
        Vitals lowest = Vitals.afterCollection(gateway);
        for (int sample = 1; sample < SAMPLES; sample++) {
            Vitals next = Vitals.afterCollection(gateway);
            lowest = next.heap() < lowest.heap() ? next : lowest;
        }
        return lowest;
    }

    private void every(int millis, int phase, IntConsumer work) {
        int[] round = {0};
        threads.scheduleAtFixedRate(() -> work.accept(round[0]++), phase * 20L, millis, TimeUnit.MILLISECONDS);
    }

    /** An XML packet, a post, a multipart post, a JPEG on the bare socket, or one behind a length. */
    private static IntConsumer sender(int number, Camera camera) {
        return round -> {
            int size = 10_000 + (round * 7919 + number) % 190_000;
            byte[] picture = Pictures.bareJpeg(size);
            byte[] xml = CameraPacket.scene(number, picture).xml();
            switch (number % 5) {
                case 0 -> camera.send(xml);
                case 1 -> camera.post(xml);
                case 2 -> {
                    camera.send(multipart(number, picture));
                    camera.answer();
                }
                case 3 -> camera.send(picture);
                default ->
                    camera.send(Http.joined(
                            ByteBuffer.allocate(4).putInt(picture.length).array(), picture));
            }
        };
    }

    private static byte[] multipart(int number, byte[] picture) {
        byte[] head = ("--b\r\nContent-Type: application/xml\r\n\r\n<config><smartType>VFD</smartType><mac>"
                        + CameraPacket.mac(number) + "</mac></config>\r\n--b\r\nContent-Type: image/jpeg\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] body = Http.joined(head, picture, "\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        return Http.request(
                "POST / HTTP/1.1\nHost: a\nContent-Type: multipart/form-data; boundary=b\nContent-Length: "
                        + body.length,
                body);
    }

    private static void looks(GatewayProcess gateway, int look) {
        RawHttp wall = new RawHttp(gateway.webPort());
        wall.get("/api/events");
        String camera = CameraPacket.mac(look % CAMERAS).replace(':', '_').toUpperCase(Locale.ROOT);
        wall.get("/live/" + camera + "/thumb.jpg?v=" + look);
    }

    private static void drain(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // The test is over.
        }
    }
}
