package io.framegate.it.target;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framegate.it.support.Camera;
import io.framegate.it.support.FramegateJar;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The configurations of {@code src/docs/cluster.md}, with the balancers of this machine. */
@Tag("faults")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BalancerIT {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Path PAGE = Path.of("src/docs/cluster.md");
    private static final Path STREAM = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");
    private static final String CAMERA = "127.0.7.7";

    @TempDir
    private Path directory = Path.of(".");

    private final int port = GatewayProcess.freePort();
    private final int northPort = GatewayProcess.freePort();
    private final int southPort = GatewayProcess.freePort();

    private GatewayProcess gateway(String node, int observePort) {
        return new GatewayProcess(directory.resolve(node))
                .with("framegate.node", node)
                .with("framegate.camera.proxy-protocol", "require")
                .with("framegate.camera.proxy-from", "127.0.0.1")
                .with("framegate.observe.host", "127.0.0.1")
                .with("framegate.observe.port", Integer.toString(observePort))
                .with("framegate.deliver.file.enabled", "true")
                .with("framegate.deliver.file.directory", directory.resolve("delivered") + "")
                .start();
    }

    /** The block of the page in this language, with the addresses of this test. */
    private Path configuration(String language, String before, GatewayProcess north, GatewayProcess south)
            throws IOException {
        Matcher block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        String text = block.group(1)
                .replace("bind :18000", "bind 127.0.0.1:" + port)
                .replace("listen 18000", "listen 127.0.0.1:" + port)
                .replace("192.0.2.21:18000 port 9090", "127.0.0.1:" + north.cameraPort() + " port " + northPort)
                .replace("192.0.2.22:18000 port 9090", "127.0.0.1:" + south.cameraPort() + " port " + southPort)
                .replace("192.0.2.21:18000", "127.0.0.1:" + north.cameraPort())
                .replace("192.0.2.22:18000", "127.0.0.1:" + south.cameraPort());
        assertThat(text).doesNotContain("192.0.2.", ":18000");
        return Files.writeString(directory.resolve(language + ".conf"), before + text);
    }

    @Test
    void haproxyTurnsFromAGatewayThatDrains() throws Exception {
        String haproxy = ServerProcess.program("haproxy");
        assumeTrue(!haproxy.isEmpty(), "haproxy is not installed");
        try (GatewayProcess north = gateway("north", northPort);
                GatewayProcess south = gateway("south", southPort);
                ServerProcess balancer = ServerProcess.of(
                        directory.resolve("balancer"),
                        List.of(haproxy, "-db", "-f", configuration("haproxy", "", north, south) + ""))) {
            eventually("listening", SOON).until(() -> balancer.listens(port));
            assertStoredOnce(north, south);
        }
    }

    @Test
    void nginxTurnsFromAGatewayThatDrains() throws Exception {
        String nginx = ServerProcess.program("nginx");
        assumeTrue(!nginx.isEmpty() && Files.exists(STREAM), "nginx and its module stream are not installed");
        String before = "load_module " + STREAM + ";\ndaemon off;\nmaster_process off;\npid nginx.pid;\n";
        Path own = Files.createDirectories(directory.resolve("balancer"));
        try (GatewayProcess north = gateway("north", northPort);
                GatewayProcess south = gateway("south", southPort);
                ServerProcess balancer = ServerProcess.of(
                        own,
                        List.of(
                                nginx,
                                "-p",
                                own + "",
                                "-e",
                                "stderr",
                                "-c",
                                configuration("nginx", before, north, south) + ""))) {
            eventually("listening", SOON).until(() -> balancer.listens(port));
            assertStoredOnce(north, south);
        }
    }

    /** A camera sends to the gateway that the balancer chooses, and the same again when that one has gone. */
    private void assertStoredOnce(GatewayProcess north, GatewayProcess south) throws Exception {
        ImageFolder delivered = new ImageFolder(directory.resolve("delivered"));
        byte[] image = Pictures.bareJpeg(20_000);
        byte[] packet = EventPackets.scene(image);
        post(packet);
        boolean first = !north.logLines("event accepted").isEmpty();
        GatewayProcess had = first ? north : south;
        GatewayProcess other = first ? south : north;
        assertThat(had.logLines("event accepted")).singleElement().asString().contains("peer=\"" + CAMERA + ":");

        Process drain = new ProcessBuilder(FramegateJar.command(List.of(), "drain"))
                .directory(had.directory().toFile())
                .inheritIO()
                .start();
        assertThat(drain.waitFor()).isZero();
        assertThat(had.awaitEnd()).isZero();

        post(packet);
        assertThat(other.logLines("event accepted")).singleElement().asString().contains("peer=\"" + CAMERA + ":");
        eventually("delivered", SOON)
                .untilAsserted(() -> assertThat(DeliverIT.outbox(other)).contains("file waiting=0"));
        assertThat(delivered.awaitExactly(List.of(image))).hasSize(1);
    }

    /** Again until it is answered, as a camera does. */
    private void post(byte[] packet) {
        eventually("answered", SOON).ignoreExceptions().untilAsserted(() -> {
            try (Camera camera = Camera.connect(port, CAMERA)) {
                assertThat(camera.post(packet).status()).isEqualTo(200);
            }
        });
    }
}
