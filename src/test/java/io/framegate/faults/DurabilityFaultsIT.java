package io.framegate.faults;

import static io.framegate.it.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.Camera;
import io.framegate.it.CameraPacket;
import io.framegate.it.GatewayProcess;
import io.framegate.it.ImageFolder;
import io.framegate.it.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code framegate.durability=always} as the kernel sees it, and when the disk says no. */
@Tag("faults")
class DurabilityFaultsIT {

    private static final int IMAGES = 40;
    private static final Pattern ANSWER = Pattern.compile("write.*\"HTTP/1.1 (\\d+).*");

    @TempDir
    private Path directory;

    private GatewayProcess gateway;
    private ImageFolder images;

    @BeforeEach
    void prepare() {
        gateway = new GatewayProcess(directory.resolve("gateway"))
                .with("framegate.durability", "always")
                .with("framegate.store.retries", "0")
                .with("framegate.deliver.file.enabled", "true");
        images = gateway.images();
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    private record Sent(CameraPacket packet, int status) {}

    private List<Sent> post(int number) {
        List<Sent> sent = new ArrayList<>();
        try (Camera camera = gateway.camera()) {
            for (int i = 0; i < number; i++) {
                CameraPacket packet = CameraPacket.scene(1, 50_000);
                sent.add(new Sent(packet, camera.post(packet.xml()).status()));
            }
        }
        return sent;
    }

    /** The calls that led to each answer, which is the last of them. */
    private static List<List<String>> toEachAnswer(List<String> calls) {
        List<List<String>> all = new ArrayList<>();
        List<String> since = new ArrayList<>();
        for (String call : calls) {
            since.add(call);
            if (ANSWER.matcher(call).matches()) {
                all.add(since);
                since = new ArrayList<>();
            }
        }
        return all;
    }

    private static int first(List<String> calls, String pattern) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).matches(pattern)) {
                return i;
            }
        }
        throw new AssertionError("none is " + pattern + " of\n" + String.join("\n", calls));
    }

    @Test
    void everyImageAndItsClaimAreOnDiskBeforeItsNameAndThatBeforeTheAnswer() throws Exception {
        gateway.start();
        Path trace = directory.resolve("trace");
        List<Sent> sent;
        List<List<String>> answers;
        try (Strace strace = Strace.of(gateway.pid(), trace)) {
            sent = post(IMAGES);
            eventually("all answers in the trace")
                    .until(() -> toEachAnswer(strace.calls()).size() >= IMAGES);
            answers = toEachAnswer(strace.calls());
        }
        assertThat(sent).allMatch(packet -> packet.status() == 200);
        assertThat(answers).hasSize(IMAGES);
        for (List<String> calls : answers) {
            int content = first(calls, "f(data)?sync\\(\\d+<.*/images/\\.framegate-.*\\.part>\\) += 0");
            int claim = first(calls, "f(data)?sync\\(\\d+<.*/outbox/file/\\d+\\.claims>\\) += 0");
            int rename = first(calls, "rename.*\"images/\\.framegate-.*\"images/image_.*= 0");
            int name = first(calls, "fsync\\(\\d+<.*/images>\\) += 0");
            assertThat(List.of(content, claim, rename, name, calls.size() - 1)).isSorted();
        }
    }

    /** Every seventh force of a thread fails; an image takes three, so each kind comes up. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void nothingIsAcceptedThatFailedToBeForcedAndTheGatewayGoesOn(int when) throws Exception {
        gateway.start();
        Path trace = directory.resolve("trace");
        List<Sent> sent;
        List<List<String>> answers;
        try (Strace strace =
                Strace.of(gateway.pid(), trace, "-e", "inject=fsync,fdatasync:error=EIO:when=" + when + "+7")) {
            sent = post(IMAGES);
            eventually("all answers in the trace")
                    .until(() -> toEachAnswer(strace.calls()).size() >= IMAGES);
            answers = toEachAnswer(strace.calls());
        }
        assertThat(answers).hasSize(IMAGES);
        Set<String> failed = new HashSet<>();
        for (int i = 0; i < IMAGES; i++) {
            List<String> injected = answers.get(i).stream()
                    .filter(call -> call.contains("(INJECTED)") && !call.contains("/quarantine"))
                    .toList();
            injected.forEach(call -> failed.add(call.replaceAll(".*(\\.part|\\.claims|/images|/file)>.*", "$1")));
            assertThat(sent.get(i).status()).as(injected.toString()).isEqualTo(injected.isEmpty() ? 200 : 503);
        }
        assertThat(failed).contains(".part", ".claims", "/images");
        List<String> accepted = hashes(sent, 200);
        images.assertHolds(accepted);

        List<Sent> after = post(10);
        assertThat(after).allMatch(packet -> packet.status() == 200);
        accepted.addAll(hashes(after, 200));
        images.assertHolds(accepted);
        eventually("all delivered", Duration.ofSeconds(30))
                .until(() -> delivered().containsAll(accepted));
        assertThat(gateway.terminate()).isEqualTo(143);
        assertThat(gateway.logLines("\tat ")).as("stack traces").isEmpty();
    }

    private List<String> delivered() throws IOException {
        List<String> held = new ArrayList<>();
        for (Path file : ImageFolder.files(gateway.directory().resolve("delivered"))) {
            held.add(Pictures.sha256(Files.readAllBytes(file)));
        }
        return held;
    }

    private static List<String> hashes(List<Sent> sent, int status) {
        List<String> hashes = new ArrayList<>();
        sent.stream()
                .filter(packet -> packet.status() == status)
                .forEach(packet -> hashes.addAll(packet.packet().hashes()));
        return hashes;
    }
}
