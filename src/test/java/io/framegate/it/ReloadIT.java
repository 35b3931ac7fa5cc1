package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Route files are edited while cameras send: every change is in force soon, no camera notices, and no image is lost.
 */
@Execution(ExecutionMode.CONCURRENT)
class ReloadIT {

    /** In what time a change is in force. */
    private static final Duration IN_FORCE = Duration.ofSeconds(20);

    private static final int CAMERAS = 4;

    /** The images' name shows whether the route that stored them has the step {@link #MARK}. */
    private static final String NAME = "image${header.mark}_${header.FramegateCounter}.${header.FramegateExtension}";

    private static final String STEPS = "      steps:\n";
    private static final String MARK =
            """
                    - setHeader:
                        name: mark
                        expression:
                          constant:
                            expression: -edited
            """;

    private static final String FAILS_FOR_ONE_CAMERA =
            """
                    - filter:
                        expression:
                          simple:
                            expression: "${header.FramegateCameraName} == '02_00_5E_20_00_99'"
                        steps:
                          - throwException:
                              exceptionType: java.lang.IllegalStateException
                              message: on purpose
            """;

    private static final String FIRST_POLICY = "    onException:\n";
    private static final String KEEPS_A_COPY = FIRST_POLICY
            + """
                  - onException:
                      exception:
                        - java.lang.IllegalStateException
                      redeliveryPolicy:
                        maximumRedeliveries: "0"
                        logStackTrace: "false"
                      steps:
                        - to:
                            uri: file:failed
            """;

    @TempDir
    private Path directory;

    private final ConcurrentLinkedQueue<String> sent = new ConcurrentLinkedQueue<>();
    private final List<Camera> cameras = new ArrayList<>();
    private final List<Future<?>> sending = new ArrayList<>();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(CAMERAS);
    private GatewayProcess gateway;
    private ImageFolder folder;

    @BeforeEach
    void camerasSend() {
        gateway = new GatewayProcess(directory)
                .with("framegate.images.name", NAME)
                .start();
        folder = gateway.images();
        for (int number = 0; number < CAMERAS; number++) {
            int id = number;
            Camera camera = Camera.connect(number % 2 == 0 ? gateway.cameraPort() : gateway.framesPort());
            cameras.add(camera);
            sending.add(threads.scheduleAtFixedRate(() -> send(camera, id), 0, 40, TimeUnit.MILLISECONDS));
        }
        eventually("images").until(() -> folder.look().size() > CAMERAS);
    }

    /** Three packets at once, and the last of them in two halves. */
    private void send(Camera camera, int id) {
        List<CameraPacket> packets =
                List.of(CameraPacket.scene(id, 3_000), CameraPacket.scene(id, 3_000), CameraPacket.scene(id, 3_000));
        packets.forEach(packet -> sent.addAll(packet.hashes()));
        byte[] bytes = CameraPacket.pipelined(packets);
        camera.sendInPieces(bytes, bytes.length - 2_000);
    }

    /** What was sent is stored, byte for byte, and nobody was disconnected but the test's own connections. */
    private void nothingWasLost(int ownConnections) throws InterruptedException {
        for (Future<?> future : sending) {
            assertThat(future.isDone()).as("a camera has failed").isFalse();
            future.cancel(false);
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        folder.awaitExactly(Duration.ofMinutes(1), List.copyOf(sent));
        eventually("own connections gone")
                .until(() -> gateway.logLines("disconnected").size() >= ownConnections);
        assertThat(gateway.logLines("disconnected")).hasSize(ownConnections);
        assertThat(gateway.logLines("camera connected")).hasSize(CAMERAS + ownConnections);
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
        cameras.forEach(Camera::close);
        gateway.close();
    }

    /** Waits until every image that is sent from now on has a name that begins so. */
    private void awaitNames(String beginning) {
        eventually("names with " + beginning, IN_FORCE).until(() -> {
            Map<String, String> before = Map.copyOf(folder.look());
            eventually("more images").until(() -> folder.look().size() > before.size() + 2 * CAMERAS);
            return folder.look().keySet().stream()
                    .filter(name -> !before.containsKey(name))
                    .allMatch(name -> name.startsWith(beginning));
        });
    }

    private void awaitRefusal(String... texts) {
        List<String> all = new ArrayList<>(List.of("routes refused"));
        all.addAll(List.of(texts));
        gateway.awaitLog(IN_FORCE, all.toArray(String[]::new));
    }

    /** Adds steps of the test's own before all others of the route. */
    private static String withSteps(String content, String steps) {
        assertThat(content).contains(STEPS);
        int at = content.indexOf(STEPS) + STEPS.length();
        return content.substring(0, at) + steps + content.substring(at);
    }

    private void refuses(String content, String wrong) {
        gateway.writeRoute("store.camel.yaml", content);
        awaitRefusal("store.camel.yaml", "reason=\"line " + line(content, wrong), wrong);
    }

    @Test
    void editedBrokenAndMendedFileNeverStopsTheCameras() throws InterruptedException {
        String original = gateway.route("store.camel.yaml");
        String edited = withSteps(original, MARK);
        gateway.writeRoute("store.camel.yaml", edited);
        awaitNames("image-edited_");

        gateway.writeRoute("store.camel.yaml", edited + "  - [\n");
        awaitRefusal("store.camel.yaml", "reason=\"line " + (edited.lines().count() + 1));
        refuses(withSteps(original, MARK.replace("setHeader", "setHeadr")), "setHeadr");
        String step = "        - to:\n            uri: file:other\n            parameters:\n              ";
        refuses(withSteps(edited, step + "fileExists: Fail\n"), "fileExists");
        refuses(withSteps(edited, "        - process:\n            ref: missingBean\n"), "missingBean");
        refuses(withSteps(edited, step + "charset: \"{{framegate.no.such}}\"\n"), "framegate.no.such");
        refuses("- beans:\n    - name: old\n      type: io.framegate.route.Old\n" + edited, "io.framegate.route.Old");
        refuses(edited.replace("id: store-image", "id: quarantine"), "quarantine");
        awaitNames("image-edited_");

        gateway.writeRoute("store.camel.yaml", original);
        awaitNames("image_");
        nothingWasLost(0);
    }

    private static int line(String content, String text) {
        List<String> lines = content.lines().toList();
        for (int number = 1; number <= lines.size(); number++) {
            if (lines.get(number - 1).contains(text)) {
                return number;
            }
        }
        throw new IllegalArgumentException(text);
    }

    @Tag("faults")
    @Test
    void newFileAddsItsRouteAndDeletedFileRemovesIt() throws Exception {
        Path ticks = directory.resolve("ticks");
        gateway.writeRoute(
                "tick.camel.yaml",
                """
                - route:
                    id: tick
                    from:
                      uri: timer:tick
                      parameters:
                        period: 50
                      steps:
                        - setBody:
                            expression:
                              constant:
                                expression: tick
                        - to:
                            uri: file:ticks
                """);
        eventually("ticks", IN_FORCE).until(() -> ImageFolder.files(ticks).size() > 3);

        Files.delete(gateway.routes().resolve("tick.camel.yaml"));
        gateway.awaitLog(IN_FORCE, "routes changed", "tick.camel.yaml", "removed tick");
        int ticked = ImageFolder.files(ticks).size();
        int stored = folder.look().size();
        eventually("more images").until(() -> folder.look().size() > stored + 50);
        assertThat(ImageFolder.files(ticks)).hasSize(ticked);
        nothingWasLost(0);
    }

    @Tag("faults")
    @Test
    void fileWithoutARouteIdOrWithAnotherFilesRouteIsRefused() throws Exception {
        gateway.writeRoute(
                "anonymous.camel.yaml",
                "- route:\n    from:\n      uri: direct:anonymous\n      steps:\n        - to:\n            uri: mock:a\n");
        awaitRefusal("anonymous.camel.yaml");
        gateway.writeRoute(
                "copy.camel.yaml",
                """
                - route:
                    id: store-image
                    from:
                      uri: timer:copy
                      steps:
                        - to:
                            uri: mock:copy
                """);
        awaitRefusal("copy.camel.yaml", "line 2: route store-image: also in store.camel.yaml");
        int stored = folder.look().size();
        eventually("more images").until(() -> folder.look().size() > stored + 50);
        nothingWasLost(0);
    }

    @Tag("faults")
    @Test
    void editedErrorPolicyIsInForceForTheRoutesOfOtherFiles() throws Exception {
        Path failed = directory.resolve("failed");
        gateway.writeRoute("store.camel.yaml", withSteps(gateway.route("store.camel.yaml"), FAILS_FOR_ONE_CAMERA));
        gateway.awaitLog(IN_FORCE, "routes changed", "store.camel.yaml");
        postOfTheBrokenCamera();
        assertThat(ImageFolder.files(failed)).isEmpty();

        gateway.editRoute("errors.camel.yaml", FIRST_POLICY, KEEPS_A_COPY);
        gateway.awaitLog(IN_FORCE, "routes changed", "errors.camel.yaml");
        postOfTheBrokenCamera();
        eventually("the new policy's file")
                .until(() -> ImageFolder.files(failed).size() == 1);

        gateway.editRoute("errors.camel.yaml", "uri: file:failed", "uri: fil:failed");
        gateway.awaitLog(IN_FORCE, " ERROR ", "errors.camel.yaml", "fil:");
        postOfTheBrokenCamera();
        eventually("the old policy's file")
                .until(() -> ImageFolder.files(failed).size() == 2);
        int stored = folder.look().size();
        eventually("more images").until(() -> folder.look().size() > stored + 50);
        nothingWasLost(3);
    }

    private void postOfTheBrokenCamera() {
        try (Camera camera = gateway.camera()) {
            assertThat(camera.post(CameraPacket.scene(99, 1_000).xml()).status())
                    .isEqualTo(503);
        }
    }
}
