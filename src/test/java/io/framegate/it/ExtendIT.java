package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.ExtendPage;
import io.framegate.it.support.FramegateJar;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Http;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.component.sql.SqlComponent;
import org.h2.Driver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.JdbcTemplate;

/** The three examples of {@code src/docs/extend.md} in one gateway, with their jars in {@code lib/} beside its own. */
@Execution(ExecutionMode.CONCURRENT)
class ExtendIT {

    private static final Duration DELIVERED = Duration.ofSeconds(30);
    private static final String END_OF_STORE_IMAGE = "\n# The one step that";

    @TempDir
    private Path directory;

    private Path lib;
    private GatewayProcess gateway;

    @BeforeEach
    void prepare() throws IOException {
        lib = Files.createDirectory(directory.resolve("lib"));
        Path jar = Files.copy(FramegateJar.PATH, directory.resolve("framegate.jar"));
        gateway = new GatewayProcess(directory.resolve("gateway")).withJar(jar);
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    private void addJarOf(Class<?> type) throws IOException, URISyntaxException {
        Path jar =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        Files.copy(jar, lib.resolve(jar.getFileName()));
    }

    @Test
    void targetProcessorAndWireFormatOfJarsWork() throws Exception {
        for (Class<?> type : List.of(Driver.class, SqlComponent.class, JdbcTemplate.class)) {
            addJarOf(type);
        }
        Path classes = directory.resolve("classes");
        ExtendPage.compile("A processor", classes);
        Path formatOnly = directory.resolve("format");
        ExtendPage.compile("A wire format", formatOnly);
        ExtendPage.pack(classes, "", lib.resolve("a-index.jar"));
        ExtendPage.pack(formatOnly, "example.PicFormat", lib.resolve("pic.jar"));
        gateway.writeRoute(
                "deliver-sql.camel.yaml", ExtendPage.blocks("A target", "yaml").get(0));
        gateway.writeRoute(
                "index.camel.yaml", ExtendPage.blocks("A processor", "yaml").get(0));
        gateway.editRoute(
                "store.camel.yaml",
                END_OF_STORE_IMAGE,
                "        - to:\n            uri: direct:index-image\n" + END_OF_STORE_IMAGE);
        // Another process reads it meanwhile.
        String properties =
                ExtendPage.blocks("A target", "properties").get(0).replace(";INIT", ";AUTO_SERVER=TRUE;INIT");
        gateway.withProperties(properties)
                .with("framegate.frames.format", "pic")
                .with("framegate.deliver.retry-delay", "200ms")
                .start();
        assertThat(gateway.logLines("jars of lib/ added", "a-index.jar, camel-sql-", ", pic.jar"))
                .hasSize(1);

        ImageFolder images = gateway.images();
        byte[] recognised = Pictures.jpeg(1_000);
        byte[] pinned = Pictures.jpeg(2_000);
        CameraPacket packet = CameraPacket.scene(1, 3_000);
        try (Camera camera = gateway.camera();
                Camera other = Camera.connect(gateway.framesPort());
                Camera xml = gateway.camera()) {
            camera.send(frame("front-door", recognised));
            other.send(frame("yard", pinned));
            assertThat(xml.post(packet.xml()).status()).isEqualTo(200);
            List<byte[]> all = new ArrayList<>(List.of(recognised, pinned));
            all.addAll(packet.images());
            images.awaitExactly(all);
        }
        // Each look may be in the way of the gateway.
        eventually("rows", DELIVERED).pollInterval(Duration.ofSeconds(1)).until(() -> rows().size() == 3);
        assertThat(rows())
                .anyMatch(row -> row.endsWith(",front-door," + Pictures.sha256(recognised)))
                .anyMatch(row -> row.endsWith(",yard," + Pictures.sha256(pinned)))
                .anyMatch(row -> row.endsWith(
                                ",02_00_5e_20_00_01," + packet.hashes().get(0))
                        || row.endsWith(",02_00_5E_20_00_01," + packet.hashes().get(0)));
        assertThat(Files.readAllLines(gateway.directory().resolve("index.csv")))
                .hasSize(3)
                .allMatch(line -> rows().stream().anyMatch(row -> row.startsWith(line + ",")));
    }

    private static byte[] frame(String camera, byte[] picture) {
        return Http.joined(("PIC " + camera + " " + picture.length + "\n").getBytes(US_ASCII), picture);
    }

    private List<String> rows() {
        String url = "jdbc:h2:" + gateway.directory().resolve("pictures") + ";AUTO_SERVER=TRUE;IFEXISTS=TRUE";
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, "framegate", "");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select path, camera, sha256 from pictures")) {
            while (found.next()) {
                rows.add(found.getString(1) + "," + found.getString(2) + "," + found.getString(3));
            }
        } catch (SQLException e) {
            // Nothing is delivered yet.
            return List.of();
        }
        return rows;
    }

    @Tag("faults")
    @Test
    void jarThatIsBrokenOrWhoseFormatCannotBeUsedStopsTheStart() throws IOException {
        Files.writeString(lib.resolve("half.jar"), "PK");
        gateway.launch();
        assertThat(gateway.awaitEnd()).isEqualTo(78);
        assertThat(gateway.log()).contains("cannot start: ", "half.jar: no jar, ");
        Files.delete(lib.resolve("half.jar"));
        ExtendPage.pack(Files.createDirectory(directory.resolve("none")), "example.Gone", lib.resolve("gone.jar"));
        gateway.withArguments("check").launch();
        assertThat(gateway.awaitEnd()).isEqualTo(78);
        assertThat(gateway.log()).contains("wire format of a jar: Provider example.Gone not found");
    }
}
