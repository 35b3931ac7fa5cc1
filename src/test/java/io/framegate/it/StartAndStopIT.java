package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.Eventually;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Pictures;
import io.framegate.it.support.RawHttp;
import io.framegate.it.support.Senders;
import io.framegate.settings.Numbers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gateway runs or says in one line why it does not, and stopping it loses nothing that it has accepted. */
@Execution(ExecutionMode.CONCURRENT)
class StartAndStopIT {

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

    interface Mistake {
        void make(GatewayProcess gateway) throws IOException;
    }

    /** What an operator may get wrong, and what the last line then says. */
    @SuppressWarnings("ImmutableEnumChecker")
    enum Wrong {
        NO_ROUTE_FILE(
                gateway -> {
                    for (Path file : ImageFolder.files(gateway.routes())) {
                        Files.delete(file);
                    }
                },
                "routes/*.camel.yaml",
                "expected: at least one"),
        FILE_WITHOUT_ANYTHING(
                gateway -> gateway.writeRoute("store.camel.yaml", "# nothing\n"), "routes/store.camel.yaml"),
        FILES_WITHOUT_ROUTES(
                gateway -> {
                    for (Path file : ImageFolder.files(gateway.routes())) {
                        String name = file.getFileName().toString().replace('.', '-');
                        Files.writeString(file, "- beans:\n    - name: " + name + "\n      type: java.lang.Object\n");
                    }
                },
                "no route"),
        BROKEN_YAML(
                gateway -> gateway.writeRoute("store.camel.yaml", gateway.route("store.camel.yaml") + "  - [\n"),
                "store.camel.yaml",
                "line"),
        UNKNOWN_STEP(
                gateway -> gateway.editRoute("receive.camel.yaml", "- split:", "- splitt:"),
                "receive.camel.yaml",
                "splitt"),
        UNKNOWN_OPTION(
                gateway -> gateway.editRoute("store.camel.yaml", "fileExist: Fail", "fileExists: Fail"),
                "store.camel.yaml, line ",
                "fileExists"),
        UNKNOWN_BEAN(
                gateway -> gateway.editRoute("store.camel.yaml", "ref: liveImage", "ref: liveImag"),
                "store.camel.yaml, line ",
                "liveImag"),
        UNKNOWN_TYPE(
                gateway -> gateway.writeRoute(
                        "own.camel.yaml", "- beans:\n    - name: own\n      type: io.framegate.store.ImageNam\n"),
                "own.camel.yaml, line 3: class io.framegate.store.ImageNam: not found",
                "expected: a class on the class path"),
        SAME_ROUTE_TWICE(
                gateway -> Files.copy(
                        gateway.routes().resolve("store.camel.yaml"),
                        gateway.routes().resolve("again.camel.yaml")),
                "store.camel.yaml, line ",
                "also in again.camel.yaml, line "),
        SAME_BEAN_TWICE(
                gateway -> gateway.writeRoute(
                        "zero.camel.yaml", "- beans:\n    - name: liveImage\n      type: java.lang.Object\n"),
                "zero.camel.yaml, line 2: bean liveImage: also in store.camel.yaml, line "),
        ROUTE_FILE_WITHOUT_A_LIST(
                gateway -> gateway.writeRoute("own.camel.yaml", "hello\n"), "own.camel.yaml, line 1: no list"),
        CONFIGURATION_OF_NO_FILE(
                gateway -> gateway.editRoute(
                        "store.camel.yaml", "routeConfigurationId: image-retries", "routeConfigurationId: retries"),
                "store.camel.yaml, line ",
                "routeConfigurationId retries: not found"),
        PROPERTIES_ARE_A_DIRECTORY(
                gateway -> gateway.withArguments("--config", "routes"), "routes: a directory (expected: the file of"),
        ONE_PORT_FOR_BOTH_LISTENERS(
                gateway -> gateway.with("framegate.camera.port", "18000").with("framegate.frames.port", "18000"),
                "framegate.frames.port: 18000 (expected: another port than framegate.camera.port)"),
        TARGET_WITHOUT_A_ROUTE(
                gateway -> gateway.with("framegate.deliver.telegram.enabled", "true"),
                "framegate.deliver.telegram.enabled",
                "outbox:telegram"),
        UNKNOWN_PROPERTY(
                gateway -> gateway.with("framegate.camera.prot", "1"),
                "framegate.camera.prot: unknown (expected: framegate.camera.port)"),
        SIGN_BEFORE_A_NUMBER(
                gateway -> gateway.with("framegate.metrics.cameras", "+200"), "framegate.metrics.cameras: +200"),
        BAD_SIZE(gateway -> gateway.with("framegate.intake.max-frame-length", "16 apples"), "16 apples"),
        BAD_NUMBER(gateway -> gateway.with("framegate.intake.max-connections", "many"), "many"),
        BAD_TIME_ZONE(gateway -> gateway.with("framegate.time-zone", "Mars/Olympus"), "Mars/Olympus"),
        PORT_NO_NUMBER(gateway -> gateway.with("framegate.camera.port", "camera"), "camera"),
        NO_SUCH_CERTIFICATE(
                gateway -> gateway.with("framegate.web.tls.certificate", "missing.pem")
                        .with("framegate.web.tls.key", "missing-key.pem"),
                "framegate.web.tls.certificate: missing.pem",
                "expected: a PEM file"),
        SERVER_FOR_ROUTES_ON_THE_WEB_PORT(
                gateway -> {
                    String port = Integer.toString(GatewayProcess.freePort());
                    gateway.with("framegate.web.port", port)
                            .with("camel.server.enabled", "true")
                            .with("camel.server.port", port);
                },
                "camel.server.port",
                "expected: another than framegate.web.port"),
        IMAGES_NOT_WRITABLE(
                gateway -> {
                    Files.writeString(gateway.directory().resolve("file"), "");
                    gateway.with("framegate.images.directory", "file/images");
                },
                "file/images",
                "writable"),
        QUARANTINE_NOT_WRITABLE(
                gateway -> {
                    Files.writeString(gateway.directory().resolve("file"), "");
                    gateway.with("framegate.quarantine.directory", "file/quarantine");
                },
                "framegate.quarantine.directory",
                "file/quarantine");

        private final Mistake mistake;
        private final String[] said;

        Wrong(Mistake mistake, String... said) {
            this.mistake = mistake;
            this.said = said;
        }

        /** What the machine is the reason of, not the configuration. */
        private boolean isOfMachine() {
            return this == IMAGES_NOT_WRITABLE || this == QUARANTINE_NOT_WRITABLE;
        }
    }

    /** A route and a property in each build. */
    @ParameterizedTest
    @EnumSource(names = {"BROKEN_YAML", "UNKNOWN_PROPERTY"})
    void mistakeEndsTheStartWithOneClearLine(Wrong wrong) throws IOException {
        saysWhatIsWrong(wrong);
    }

    @Tag("faults")
    @ParameterizedTest
    @EnumSource
    void everyMistakeEndsTheStartWithOneClearLine(Wrong wrong) throws IOException {
        saysWhatIsWrong(wrong);
    }

    private void saysWhatIsWrong(Wrong wrong) throws IOException {
        wrong.mistake.make(gateway);
        gateway.launch();
        assertThat(gateway.awaitEnd()).isEqualTo(wrong.isOfMachine() ? 1 : 78);
        saysOnly(wrong.said);
    }

    /** Nothing comes behind the reason, no trace comes before it, and it is one line a person can read. */
    private void saysOnly(String... said) {
        List<String> lines = gateway.log().lines().toList();
        assertThat(lines).isNotEmpty();
        assertThat(lines.get(lines.size() - 1))
                .contains("cannot start: ")
                .contains(said)
                .hasSizeLessThan(700);
        assertThat(lines).noneMatch(line -> line.startsWith("\tat ") || line.startsWith("Caused by"));
        assertThat(gateway.logLines("ERROR")).hasSize(1);
    }

    /** Or nobody would know where to connect. */
    @Tag("faults")
    @Test
    void portThatTheSystemChoosesIsLoggedAndServed() {
        for (String listener : List.of("camera", "frames", "web")) {
            gateway.with("framegate." + listener + ".port", "0");
        }
        gateway.start();
        assertThat(gateway.logLines("listening")).hasSize(2).noneMatch(line -> line.contains(":0\""));
        Matcher wall = Pattern.compile("127\\.0\\.0\\.1:([1-9][0-9]*)/")
                .matcher(gateway.awaitLog(Eventually.SOON, "live wall"));
        assertThat(wall.find()).isTrue();
        assertThat(new RawHttp(Numbers.parse(wall.group(1), 1, 65_535))
                        .get("/observe/health/ready")
                        .status())
                .isEqualTo(200);
    }

    @Tag("faults")
    @Test
    void portInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            gateway.with("framegate.camera.port", Integer.toString(taken.getLocalPort()))
                    .launch();
            assertThat(gateway.awaitEnd()).isEqualTo(1);
            saysOnly("framegate.camera.port", "127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void secondGatewayOnTheSameImagesIsRefused() {
        gateway.start();
        try (GatewayProcess second = new GatewayProcess(directory.resolve("second"))) {
            second.with(
                            "framegate.images.directory",
                            gateway.directory().resolve("images").toString())
                    .launch();
            assertThat(second.awaitEnd()).isEqualTo(1);
            assertThat(second.logLines("cannot start: ", "images", "in use")).hasSize(1);
        }
    }

    @Test
    void sigtermUnderLoadKeepsWhatWasAcceptedAndTheNextRunGoesOn() {
        ImageFolder folder = gateway.images();
        Senders senders = new Senders();
        gateway.start();
        try {
            for (int camera = 0; camera < 4; camera++) {
                senders.post(gateway.cameraPort(), camera, 50_000);
                senders.stream(gateway.framesPort(), camera + 4, 50_000);
            }
            eventually("load").until(() -> senders.accepted().size() >= 100);
            assertThat(gateway.terminate()).isEqualTo(143);
            senders.await();
        } finally {
            senders.close();
        }
        Set<String> stored = new HashSet<>(folder.look().values());
        assertThat(stored).containsAll(senders.accepted());
        assertThat(senders.begun()).containsAll(stored);
        assertThat(folder.look()).hasSameSizeAs(stored);
        assertThat(folder.temporaryFiles()).isEmpty();
        assertThat(gateway.log().lines().toList()).last().asString().contains("stopped");
        assertThat(gateway.logLines(" ERROR ")).isEmpty();
        assertThat(gateway.logLines("\tat ")).isEmpty();

        long highest =
                numbers(folder).stream().mapToLong(number -> number).max().orElseThrow();
        assertThat(numbers(folder)).doesNotHaveDuplicates();
        ImageFolder next = gateway.images();
        gateway.start();
        CameraPacket packet = CameraPacket.scene(1, 1_000);
        try (Camera camera = gateway.camera()) {
            assertThat(camera.post(packet.xml()).status()).isEqualTo(200);
        }
        next.assertHolds(packet.hashes());
        assertThat(numbers(next)).containsExactly(highest + 1);
        assertThat(gateway.images().awaitExactly(List.of())).isEmpty();
        folder.look();
        assertThat(folder.look().values()).containsAll(senders.accepted());
    }

    private static List<Long> numbers(ImageFolder folder) {
        List<Long> numbers = new ArrayList<>();
        for (String name : folder.look().keySet()) {
            numbers.add(Long.valueOf(name.split("_", -1)[1]));
        }
        return numbers;
    }

    @Tag("faults")
    @Test
    void leftoversOfACrashAreSweptAndOnlyThose() throws IOException {
        Path images = Files.createDirectories(gateway.directory().resolve("images/deeper"));
        FileTime before = FileTime.from(Instant.now().minusSeconds(60));
        Path left = Files.writeString(images.resolveSibling(".framegate-A1-1.part"), "half");
        Path leftDeeper = Files.writeString(images.resolve(".framegate-A1-2.part"), "half");
        Path image = Files.write(images.resolve("image_41_x.jpg"), Pictures.jpeg());
        Path foreign = Files.writeString(images.resolve("upload.part"), "of somebody else");
        Path leftInQuarantine = Files.writeString(
                Files.createDirectories(gateway.quarantine()).resolve(".framegate-A1-3.part"), "half");
        for (Path file : List.of(left, leftDeeper, leftInQuarantine, image, foreign)) {
            Files.setLastModifiedTime(file, before);
        }
        gateway.start();
        for (Path file : List.of(left, leftDeeper, leftInQuarantine)) {
            eventually("sweep").until(() -> Files.notExists(file));
        }
        gateway.awaitLog(Eventually.SOON, "temporary files of an earlier run", "files=\"2\"");
        assertThat(image).exists();
        assertThat(foreign).exists();
        ImageFolder folder = gateway.images();
        CameraPacket packet = CameraPacket.scene(1, 1_000);
        try (Camera camera = gateway.camera()) {
            assertThat(camera.post(packet.xml()).status()).isEqualTo(200);
        }
        // There is no counter, so it goes on after the highest image.
        assertThat(numbers(folder)).containsExactly(42L);
    }
}
