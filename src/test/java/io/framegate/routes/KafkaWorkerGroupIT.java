package io.framegate.routes;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Several workers of a group, and workers whose broker, disk or process goes away. */
@ResourceLock("io.framegate.worker")
class KafkaWorkerGroupIT extends KafkaWorkers {

    @Tag("faults")
    @Test
    void nothingIsCommittedWhileTheDeadLettersAreAway() throws IOException {
        byte[] second = photo(2);
        try (RunningRoutes worker = worker("worker")) {
            broker.send(CAMERA, PHOTO);
            broker.send(
                    CAMERA,
                    TestDocument.of(CAMERA, 2, second, share("b.png", second)).bytes());
            try (CapturedLog log = CapturedLog.of("io.framegate.worker")) {
                eventually("tried twice").until(() -> log.lines().size() >= 2);
            }
            assertThat(worker.files("images")).isEmpty();
            assertThat(broker.committed()).isZero();

            broker.createDeadLetters();
            awaitImages(worker, second);
            assertThat(broker.deadLetters()).isNotEmpty();
        }
    }

    @Tag("faults")
    @Test
    void workerThatIsStoppedInItsWorkLosesNothing() throws IOException {
        byte[] document = TestDocument.of(CAMERA, 1, PHOTO, "s3://framegate-images/stop/a.jpg")
                .bytes();
        try (RunningRoutes worker = worker("worker")) {
            broker.send(CAMERA, document);
            eventually("waiting").until(() -> counted(worker, "waiting") >= 1);
        }
        assertThat(broker.committed()).isZero();
        put("stop/a.jpg", PHOTO);
        try (RunningRoutes worker = worker("worker")) {
            awaitImages(worker, PHOTO);
            eventually("committed").until(() -> broker.committed() == 1);
        }
    }

    @Tag("faults")
    @Test
    void imageThatCannotBeStoredWaitsAndHasNoCopyInTheQuarantine() throws IOException {
        try (RunningRoutes worker = worker(
                "worker", "framegate.store.retries", "0", "framegate.images.name", "in/${header.FramegateCounter}")) {
            Path blocked = Files.write(worker.path("images/in"), new byte[1]);
            broker.send(
                    CAMERA,
                    TestDocument.of(CAMERA, 1, PHOTO, share("a.jpg", PHOTO)).bytes());
            eventually("waiting").until(() -> counted(worker, "waiting") >= 2);
            assertThat(broker.committed()).isZero();

            Files.delete(blocked);
            eventually("committed").until(() -> broker.committed() == 1);
            assertThat(worker.files("images")).containsExactly("in/1");
            assertThat(worker.content("images/in/1")).isEqualTo(PHOTO);
            assertThat(worker.files("quarantine")).isEmpty();
        }
    }

    @Tag("faults")
    @Test
    void twoWorkersShareThePartitionsAndKeepTheOrderOfEachCamera() throws IOException {
        int cameras = 6;
        int each = 10;
        Map<String, List<String>> sent = new TreeMap<>();
        for (int number = 0; number < cameras * each; number++) {
            byte[] image = photo(number + 1);
            String camera = "cam-" + number % cameras;
            String stored = share(number + ".png", image);
            byte[] document = TestDocument.of(camera, number, image, stored).bytes();
            broker.send(camera, document);
            broker.send(camera, document);
            sent.computeIfAbsent(camera, name -> new ArrayList<>()).add(TestPacket.sha256(image));
        }
        try (RunningRoutes one = worker("one");
                RunningRoutes two = worker("two")) {
            eventually("committed").until(() -> broker.committed() == 2L * cameras * each);
            assertThat(storedByCamera(List.of(one, two))).isEqualTo(sent);
        }
    }

    @Tag("faults")
    @Test
    void brokerThatIsAwayIsWaitedFor() throws IOException {
        List<byte[]> images =
                IntStream.range(0, 6).mapToObj(KafkaWorkerIT::photo).toList();
        kafka.stop();
        try (RunningRoutes worker = worker("worker")) {
            kafka.start();
            for (int number = 0; number < images.size(); number++) {
                byte[] image = images.get(number);
                broker.send(
                        CAMERA,
                        TestDocument.of(CAMERA, number, image, share(number + ".png", image))
                                .bytes());
                if (number == 2) {
                    eventually("some stored")
                            .until(() -> !worker.files("images").isEmpty());
                    kafka.stop();
                    kafka.start();
                }
            }
            awaitImages(worker, images.toArray(byte[][]::new));
            eventually("committed").until(() -> broker.committed() == images.size());
        }
    }

    @Tag("faults")
    @Test
    void workersThatComeAndGoLoseNothingAndKeepTheOrderOfEachCamera() throws IOException {
        int images = 240;
        List<String> sent = new ArrayList<>();
        for (int number = 0; number < images; number++) {
            byte[] image = photo(number + 1);
            String camera = "cam-" + number % 6;
            String stored = share(number + ".png", image);
            broker.send(camera, TestDocument.of(camera, number, image, stored).bytes());
            sent.add(TestPacket.sha256(image));
        }
        List<RunningRoutes> workers = new ArrayList<>();
        try (RunningRoutes stays = worker("stays")) {
            workers.add(stays);
            for (int guest = 0; guest < 3; guest++) {
                long before = broker.committed();
                try (RunningRoutes comes = worker("guest-" + guest)) {
                    workers.add(comes);
                    eventually("beside the other").until(() -> broker.committed() >= Math.min(images, before + 20));
                }
            }
            eventually("committed").until(() -> broker.committed() == images);
        }
        List<String> all = new ArrayList<>();
        for (RunningRoutes worker : workers) {
            storedByCamera(List.of(worker)).values().forEach(ofCamera -> {
                assertThat(ofCamera.stream().map(sent::indexOf)).isSorted();
                all.addAll(ofCamera);
            });
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Tag("faults")
    @Test
    void workerWhoseLoginIsRefusedWorksWhenTheBrokerKnowsItsPassword() throws IOException {
        broker.send(
                CAMERA, TestDocument.of(CAMERA, 1, PHOTO, share("a.jpg", PHOTO)).bytes());
        try (CapturedLog log = CapturedLog.of("org.apache.camel.component.kafka");
                RunningRoutes worker = worker(
                        "worker",
                        "framegate.worker.kafka.user",
                        "late",
                        "framegate.worker.kafka.password",
                        "late-password")) {
            eventually("refused").until(() -> log.lines().stream().anyMatch(line -> line.contains("login refused")));
            kafka.stop();
            kafka.addUser("late", "late-password");
            kafka.start();

            awaitImages(worker, PHOTO);
            eventually("committed").until(() -> broker.committed() == 1);
            assertThat(log.lines()).noneMatch(line -> line.contains("late-password"));
        }
    }

    /** Longer than every limit of time of Kafka's clients. */
    @Tag("cluster")
    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void brokerThatIsAwayForTenMinutesIsWaitedForByGatewayAndWorker() throws IOException {
        Map<String, String> delivers = new TreeMap<>(s3.properties());
        delivers.putAll(kafka.properties());
        delivers.put("framegate.deliver.s3.enabled", "true");
        delivers.put("framegate.deliver.kafka.enabled", "true");
        delivers.put("framegate.deliver.kafka.topic", broker.topic());
        delivers.put("framegate.deliver.kafka.payload", "event");
        delivers.put("framegate.deliver.kafka.after", "s3");
        delivers.put("framegate.deliver.cloudevents", "true");
        List<byte[]> images =
                IntStream.range(0, 6).mapToObj(KafkaWorkers::photo).toList();
        try (RunningRoutes gateway = RunningRoutes.in(directory.resolve("gateway"), delivers);
                RunningRoutes worker = worker("worker")) {
            for (byte[] image : images.subList(0, 3)) {
                assertThat(gateway.send(TestPacket.scene(image)).isFailed()).isFalse();
            }
            awaitImages(worker, images.subList(0, 3).toArray(byte[][]::new));
            kafka.stop();
            for (byte[] image : images.subList(3, 6)) {
                assertThat(gateway.send(TestPacket.scene(image)).isFailed()).isFalse();
            }
            await().pollDelay(Duration.ofMinutes(10))
                    .timeout(Duration.ofMinutes(11))
                    .until(() -> true);
            kafka.start();

            awaitImages(worker, images.toArray(byte[][]::new));
            eventually("committed").until(() -> broker.committed() == images.size());
        }
    }

    /** The hashes of all images at these workers, by camera, in the order in which a worker has stored them. */
    private static Map<String, List<String>> storedByCamera(List<RunningRoutes> workers) {
        Map<String, List<String>> stored = new TreeMap<>();
        for (RunningRoutes worker : workers) {
            inOrder(worker).forEach((name, image) -> stored.computeIfAbsent(
                            name.replaceFirst("image_[0-9]+_(cam-[0-9]).*", "$1"), camera -> new ArrayList<>())
                    .add(TestPacket.sha256(image)));
        }
        return stored;
    }
}
