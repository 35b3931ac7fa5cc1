package io.framegate.it.embed;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.intake.FramegateHeaders;
import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Pictures;
import io.framegate.it.target.BrokerTarget;
import io.framegate.it.target.Delivered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The jar is a part of other applications: three lines of a route are a listener, a file and a message, and everything
 * else of the host is as it was.
 */
// The ports of a process are read from /proc.
@Execution(ExecutionMode.CONCURRENT)
@EnabledOnOs(OS.LINUX)
class HostsIT {

    @TempDir
    static Path directory = Path.of(".");

    private static BrokerTarget broker;

    @BeforeAll
    static void startBroker() {
        broker = BrokerTarget.jms(directory);
        broker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @ParameterizedTest
    @EnumSource
    void imageBecomesFileAndMessageAndTheHostStaysAsItWas(Host host) throws IOException {
        byte[] image = Pictures.jpeg(40_000);
        // Another one for each host: they share the broker.
        int camera = List.of(Host.values()).indexOf(host);
        CameraPacket packet = CameraPacket.scene(camera, image);
        try (HostProcess application =
                        HostProcess.start(host, directory.resolve(host.name()), HostProcess.broker(broker));
                Camera connection = Camera.connect(application.cameraPort())) {
            Camera.HttpAnswer answer = connection.post(packet.xml());

            assertThat(answer.status())
                    .as(() -> String.join("\n", application.log()))
                    .isEqualTo(200);
            String stored = onlyFile(application.directory().resolve("images"));
            assertThat(Files.readAllBytes(
                            application.directory().resolve("images").resolve(stored)))
                    .isEqualTo(image);
            assertThat(message(stored).content()).isEqualTo(image);
            assertThat(message(stored).metadata())
                    .hasEntrySatisfying(FramegateHeaders.MAC_ADDRESS, address -> assertThat(address)
                            .isEqualToIgnoringCase(CameraPacket.mac(camera)))
                    .containsEntry(FramegateHeaders.ROLE, "scene")
                    .containsEntry(FramegateHeaders.SHA256, Pictures.sha256(image));
            assertThat(application.listeningPorts()).containsExactly(application.cameraPort());
            assertThat(application.log())
                    .as("lines in the host's own format")
                    .allMatch(line -> line.startsWith("host|"))
                    .anyMatch(line -> line.contains("|io.framegate"));
        }
    }

    private static String onlyFile(Path images) throws IOException {
        try (Stream<Path> files = Files.list(images)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
            assertThat(names).hasSize(1);
            return names.get(0);
        }
    }

    private static Delivered message(String stored) {
        List<Delivered> found = broker.delivered().stream()
                .filter(message -> message.name().equals(stored))
                .toList();
        assertThat(found).as(stored).hasSize(1);
        return found.get(0);
    }

    @ParameterizedTest
    @EnumSource
    void noClassIsTwiceOnTheClassPath(Host host) throws IOException {
        Map<String, List<Path>> places = new TreeMap<>();
        for (Path place : host.classPath()) {
            for (String file : classes(place)) {
                places.computeIfAbsent(file, name -> new ArrayList<>()).add(place.getFileName());
            }
        }
        assertThat(places).containsKey("io/framegate/store/StoreComponent.class");
        places.values().removeIf(jars -> jars.size() == 1);
        assertThat(places).isEmpty();
    }

    private static List<String> classes(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            try (Stream<Path> files = Files.walk(place)) {
                return files.filter(file -> file.toString().endsWith(".class"))
                        .map(file -> place.relativize(file).toString())
                        .toList();
            }
        }
        try (JarFile jar = new JarFile(place.toFile())) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
                    .filter(name -> !name.startsWith("META-INF/versions/"))
                    .toList();
        }
    }

    @Test
    void routesOfTheGatewayRunUnchanged() throws IOException {
        Map<String, String> properties = new HashMap<>(broker.properties());
        properties.putAll(HostProcess.broker(broker));
        properties.put(
                "camel.main.routes-include-pattern", "file:" + Path.of("routes").toAbsolutePath() + "/*.camel.yaml");
        properties.put("framegate.camera.host", "127.0.0.1");
        properties.put("framegate.frames.port", Integer.toString(GatewayProcess.freePort()));
        properties.put("framegate.deliver.jms.enabled", "true");
        byte[] image = Pictures.jpeg(40_000);
        try (HostProcess application = HostProcess.start(Host.MAIN, directory.resolve("routes"), properties);
                Camera connection = Camera.connect(application.cameraPort())) {
            assertThat(connection.post(CameraPacket.scene(50, image).xml()).status())
                    .as(() -> String.join("\n", application.log()))
                    .isEqualTo(200);

            Path images = application.directory().resolve("images");
            assertThat(images.resolve(onlyFile(images))).hasBinaryContent(image);
            eventually("delivered").until(() -> broker.delivered().stream()
                    .anyMatch(message -> Arrays.equals(message.content(), image)));
        }
    }
}
