package io.framegate.watch.wall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WallTest {

    private final MovedClock time = new MovedClock(Instant.parse("2026-03-29T10:00:00Z"));
    private final Wall wall = new Wall(time, null, 10 << 20);

    private void send(String camera, @Nullable String role) {
        WallImage image =
                role == null ? null : new WallImage(camera + ".jpg", "image/jpeg", role, 640, 480, 1000, "tag");
        wall.add(
                camera,
                new CameraIdentity(camera, null, "192.0.2.1", null),
                time.instant(),
                "VFD",
                Map.of(),
                null,
                image);
    }

    private CameraState state(String camera) {
        return Objects.requireNonNull(wall.camera(camera)).state();
    }

    private boolean isSilent(String camera) {
        wall.changedSince(-1);
        return state(camera).silent();
    }

    @Test
    void cameraIsSilentAfterAFewIntervalsUntilItSends() {
        for (int packet = 0; packet < 10; packet++) {
            send("gate", "scene");
            time.pass(Duration.ofSeconds(30));
        }
        time.pass(Duration.ofMinutes(1));
        assertThat(isSilent("gate")).isFalse();
        time.pass(Duration.ofMinutes(1));
        assertThat(isSilent("gate")).isTrue();
        send("gate", "scene");
        assertThat(isSilent("gate")).isFalse();
    }

    @Test
    void fastCameraIsNotSilentAtEverySecondsPause() {
        for (int packet = 0; packet < 10; packet++) {
            send("gate", "scene");
            time.pass(Duration.ofMillis(100));
        }
        time.pass(Duration.ofSeconds(9));
        assertThat(isSilent("gate")).isFalse();
        time.pass(Duration.ofSeconds(2));
        assertThat(isSilent("gate")).isTrue();
    }

    @Test
    void silenceIsAChangeAndSaidOnce() {
        send("gate", "scene");
        time.pass(Duration.ofMinutes(5));
        long before = wall.lastChange();
        assertThat(wall.changedSince(before)).hasSize(1);
        assertThat(wall.changedSince(wall.lastChange())).isEmpty();
    }

    @Test
    void onlyWhatHasChangedIsToldAgain() {
        send("gate", "scene");
        send("yard", "scene");
        long seen = wall.lastChange();
        send("yard", "scene");
        assertThat(wall.changedSince(seen)).extracting(CameraState::id).containsExactly("yard");
    }

    @Test
    void cropDoesNotTakeTheScenesPlaceAndGoesWithIt() {
        send("gate", "scene");
        long scene = state("gate").version();
        send("gate", "face");
        assertThat(state("gate").version()).isEqualTo(scene);
        assertThat(state("gate").crop()).isNotNull();
        // Or it would be taken for the same picture.
        assertThat(state("gate").cropVersion()).isNotEqualTo(scene);
        send("gate", "scene");
        assertThat(state("gate").version()).isGreaterThan(scene);
        assertThat(state("gate").crop()).isNull();
    }

    @Test
    void cropIsShownWhereThereIsNoScene() {
        send("gate", "plate");
        assertThat(Objects.requireNonNull(state("gate").newest()).role()).isEqualTo("plate");
    }

    @Test
    void versionsOfTheNextRunAreOthers() {
        send("gate", "scene");
        long before = state("gate").version();
        time.pass(Duration.ofSeconds(1));
        Wall next = new Wall(time, null, 10 << 20);
        next.add(
                "gate",
                new CameraIdentity("gate", null, null, null),
                time.instant(),
                "VFD",
                Map.of(),
                null,
                new WallImage("a.jpg", "image/jpeg", "scene", 1, 1, 1, ""));
        assertThat(Objects.requireNonNull(next.camera("gate")).state().version())
                .isGreaterThan(before);
    }

    @Test
    void longTextsOfManyCamerasStayWithinTheBytes() {
        Wall small = new Wall(time, null, 1 << 20);
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < 64; i++) {
            attributes.put("attribute" + i, "x".repeat(250));
        }
        for (int event = 0; event < 24; event++) {
            for (int camera = 0; camera < 100; camera++) {
                time.pass(Duration.ofMillis(10));
                small.add(
                        "camera" + camera,
                        new CameraIdentity("camera", null, null, null),
                        time.instant(),
                        "VFD",
                        attributes,
                        null,
                        null);
                assertThat(small.held()).isBetween(0L, 1L << 20);
            }
        }
        long counted = small.recent(any -> true, 10_000).stream()
                .mapToLong(WallEvent::weight)
                .sum();
        assertThat(counted).isBetween(500_000L, small.held());
        assertThat(small.camera("camera99")).isNotNull();
    }

    @Test
    void cameraWithLongTextsCostsTheOthersNothing() {
        Wall small = new Wall(time, null, 1 << 20);
        CameraIdentity sender = new CameraIdentity("camera", null, null, null);
        for (int event = 0; event < 24; event++) {
            small.add("good", sender, time.instant(), "VFD", Map.of("plate", "ABC"), null, null);
        }
        for (int event = 0; event < 100; event++) {
            small.add("bad", sender, time.instant(), "VFD", Map.of("text", "x".repeat(100_000)), null, null);
        }
        assertThat(Objects.requireNonNull(small.camera("good")).recent()).hasSize(24);
        assertThat(small.held()).isLessThan(1 << 20);
    }

    @Test
    void eventWithoutAnImageShowsThatTheCameraIsThere() {
        send("gate", null);
        assertThat(state("gate").newest()).isNull();
        assertThat(state("gate").lastSeen()).isEqualTo(time.instant());
        assertThat(wall.images()).isZero();
    }

    @Test
    void madeUpNamesTakeNoMoreThanTheMostCameras() {
        for (int camera = 0; camera < Wall.MOST + 100; camera++) {
            send("camera" + camera, "scene");
            time.pass(Duration.ofMillis(1));
        }
        assertThat(wall.changedSince(-1)).hasSize(Wall.MOST);
        assertThat(wall.forgotten()).isEqualTo(100);
        assertThat(wall.camera("camera0")).isNull();
        assertThat(wall.camera("camera" + (Wall.MOST + 99))).isNotNull();
    }

    @Test
    void recentEventsAreTheNewestOfThoseWantedAndBounded() {
        for (int packet = 0; packet < 100; packet++) {
            send("gate", "scene");
            send("yard", "scene");
        }
        assertThat(wall.recent(event -> event.camera().equals("yard"), 500))
                .hasSizeLessThan(50)
                .extracting(WallEvent::camera)
                .containsOnly("yard");
        assertThat(wall.recent(event -> true, 3))
                .hasSize(3)
                .isSortedAccordingTo((one, other) -> Long.compare(other.number(), one.number()));
    }
}
