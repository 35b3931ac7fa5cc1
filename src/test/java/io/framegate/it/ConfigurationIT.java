package io.framegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files of properties the gateway starts with, where it finds its files, and what {@code check} says. */
@Execution(ExecutionMode.CONCURRENT)
class ConfigurationIT {

    private static final Path EARLIER = Path.of("src/test/resources/settings/every-property.properties");

    @TempDir
    private Path directory;

    private GatewayProcess gateway;

    @BeforeEach
    void prepare() {
        gateway = new GatewayProcess(directory.resolve("gateway"));
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    private void storesAnImage(ImageFolder images) {
        CameraPacket packet = CameraPacket.scene(1, 1_000);
        try (Camera camera = gateway.camera()) {
            assertThat(camera.post(packet.xml()).status()).isEqualTo(200);
        }
        images.assertHolds(packet.hashes());
    }

    @Tag("faults")
    @Test
    void emptyFileStarts() {
        gateway.withProperties("").start();
        storesAnImage(gateway.images());
    }

    @Test
    void fileWithEveryPropertyOfAnEarlierVersionStarts() throws IOException {
        gateway.withProperties(Files.readString(EARLIER)).start();
        storesAnImage(gateway.images());
    }

    /** The properties of a recipe, and the route file that stands before them. */
    record Recipe(@Nullable String route, String properties) {}

    static Stream<Recipe> recipes() {
        Pattern block = Pattern.compile("(?s)(?:```yaml\n([^`]*)```\n\n)?```properties\n(.*?)```");
        return Stream.of(Path.of("README.md"), Path.of("src/docs/targets.md")).flatMap(file -> {
            try {
                return block.matcher(Files.readString(file))
                        .results()
                        .map(found -> new Recipe(found.group(1), found.group(2)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Tag("faults")
    @ParameterizedTest
    @MethodSource("recipes")
    void recipeOfTheDocumentationStarts(Recipe recipe) {
        if (recipe.route() != null) {
            gateway.writeRoute("deliver-archive.camel.yaml", recipe.route());
        }
        gateway.withProperties(recipe.properties()).withVariable("token", "t").start();
    }

    @Tag("faults")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void filesMayBeElsewhere(boolean byOptions) throws IOException {
        Path config = Files.writeString(directory.resolve("here.properties"), "framegate.images.directory=pictures\n");
        Path routes = Files.move(gateway.routes(), directory.resolve("yaml"));
        Path data = directory.resolve("data");
        Files.delete(gateway.directory().resolve("application.properties"));
        if (byOptions) {
            gateway.withArguments("--config", config + "", "--routes", routes + "", "--data", data + "");
        } else {
            gateway.withVariable("framegate.config", config.toString())
                    .withVariable("framegate.routes", routes.toString())
                    .withVariable("framegate.data", data.toString());
        }
        gateway.start();
        storesAnImage(new ImageFolder(data.resolve("pictures")));
        assertThat(ImageFolder.files(gateway.directory()))
                .extracting(Path::getFileName)
                .containsOnly(Path.of("gateway.log"));
    }

    @Tag("faults")
    @Test
    void variableOverridesADefault() {
        gateway.withProperties("")
                .withVariable("framegate.images.directory", "pictures")
                .start();
        storesAnImage(new ImageFolder(gateway.directory().resolve("pictures")));
    }

    @Tag("faults")
    @Test
    void minusDOverridesAVariableAndBothAreBelowTheDataDirectory() {
        gateway.with("framegate.images.directory", "chosen")
                .withVariable("framegate.images.directory", "other")
                .withVariable("framegate.quarantine.directory", "strange")
                .withArguments("--data", "data")
                .start();
        storesAnImage(new ImageFolder(gateway.directory().resolve("data/chosen")));
        assertThat(gateway.directory().resolve("data/strange")).isDirectory();
    }

    @Tag("faults")
    @Test
    void unknownVariableIsRefused() {
        gateway.withVariable("framegate.camera.prot", "1").launch();
        assertThat(gateway.awaitEnd()).isEqualTo(78);
        assertThat(gateway.log()).contains("FRAMEGATE_CAMERA_PROT: unknown (expected: FRAMEGATE_CAMERA_PORT)");
    }

    @Test
    void checkOfAGoodConfigurationSaysWhatItFoundAndWritesNothing() {
        gateway.with("framegate.deliver.s3.enabled", "true")
                .withArguments("check")
                .launch();
        assertThat(gateway.awaitEnd()).isZero();
        assertThat(gateway.log().lines())
                .hasSize(3)
                .contains("ok  application.properties: 0 properties", "ok  targets: s3")
                .allMatch(line -> line.startsWith("ok  "));
        assertThat(gateway.directory())
                .isDirectoryNotContaining(file -> Files.isDirectory(file) && !file.endsWith("routes"));
    }

    /** So that neither is found out by an attack. */
    @Tag("faults")
    @Test
    void propertyWithoutItsEffectIsOneWarningOfCheckAndOfTheStart() {
        String limit = "framegate.intake.max-connections-per-peer: 1000 (expected: at most"
                + " framegate.intake.max-connections, 100; one address can take all connections)";
        String open = "framegate.frames.port: ";
        String properties = "framegate.intake.max-connections=100\nframegate.camera.allow=127.0.0.0/8\n";
        try (GatewayProcess check = new GatewayProcess(directory.resolve("check"))) {
            check.withProperties(properties).withArguments("check").launch();
            assertThat(check.awaitEnd()).as(check.log()).isZero();
            assertThat(check.logLines("warn  ")).hasSize(2).first().asString().isEqualTo("warn  " + limit);
            assertThat(check.logLines("warn  ", open, "framegate.frames.allow")).hasSize(1);
        }
        gateway.withProperties(properties).start();
        assertThat(gateway.logLines(" WARN ", "doubtful property: ")).hasSize(2);
        assertThat(gateway.logLines(" WARN ", "doubtful property: " + limit)).hasSize(1);
    }

    @Test
    void checkSaysEveryProblemWithFileAndLine() {
        gateway.withProperties("# mine\nframegate.camera.prot=1\n\nframegate.metrics.cameras=+200\n")
                .withArguments("check");
        gateway.editRoute("store.camel.yaml", "ref: liveImage", "ref: liveImag");
        gateway.editRoute("receive.camel.yaml", "- split:", "- splitt:");
        gateway.launch();
        assertThat(gateway.awaitEnd()).isEqualTo(78);
        List<String> lines = gateway.log().lines().toList();
        assertThat(lines.get(0))
                .isEqualTo(
                        "application.properties:2: framegate.camera.prot: unknown (expected: framegate.camera.port)");
        assertThat(lines.get(1))
                .isEqualTo(
                        "application.properties:4: framegate.metrics.cameras: +200 (expected: a number from 0 to 2000)");
        assertThat(lines.get(2)).matches("receive.camel.yaml, line \\d+, column \\d+: .*splitt.*");
        assertThat(lines.get(3)).matches("store.camel.yaml, line \\d+: .*liveImag.*");
        assertThat(lines).hasSize(4);
    }

    @Tag("faults")
    @Test
    void checkSaysTheProblemsOfEveryFileWhateverIsWrongWithErrors() {
        gateway.withArguments("check").editRoute("errors.camel.yaml", "store.StoreRetries", "store.Retries");
        gateway.editRoute("store.camel.yaml", "ref: liveImage", "ref: liveImag");
        gateway.launch();
        assertThat(gateway.awaitEnd()).isEqualTo(78);
        assertThat(gateway.log().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("errors.camel.yaml, line 45: class io.framegate.store.Retries: not found");
        assertThat(gateway.log()).containsPattern("store.camel.yaml, line \\d+: .*liveImag");
    }

    @Tag("faults")
    @Test
    void checkSaysWhatAStartWouldRefuse() {
        gateway.writeRoute(
                "own.camel.yaml",
                """
                - route:
                    id: own
                    from:
                      uri: direct:receive-packet
                      steps:
                        - log: x
                """);
        gateway.withArguments("check").launch();
        assertThat(gateway.awaitEnd()).isEqualTo(78);
        assertThat(gateway.log()).isEqualTo("direct://receive-packet: two routes read from it (expected: one)\n");
        gateway.with("camel.management.port", "abc").launch();
        assertThat(gateway.awaitEnd()).isEqualTo(78);
        assertThat(gateway.log()).startsWith("-D: camel.management.port: abc (expected: framegate.web.port)\n");
    }

    @Tag("faults")
    @Test
    void checkSaysWhichClassIsMissingAndWhere() {
        gateway.withArguments("check").editRoute("store.camel.yaml", "watch.ImageMeter", "watch.ImageMete");
        gateway.launch();
        assertThat(gateway.awaitEnd()).isEqualTo(78);
        assertThat(gateway.log())
                .matches("store.camel.yaml, line \\d+: class io.framegate.watch.ImageMete: not found .*\n");
    }

    @Tag("faults")
    @Test
    void checkNeedsNoFreePort() {
        gateway.keepingPorts().start();
        try (GatewayProcess check = new GatewayProcess(directory.resolve("check"))) {
            check.with(
                            "framegate.images.directory",
                            gateway.directory().resolve("images").toString())
                    .with("framegate.camera.port", Integer.toString(gateway.cameraPort()))
                    .withArguments("check")
                    .launch();
            assertThat(check.awaitEnd()).as(check.log()).isZero();
        }
    }
}
