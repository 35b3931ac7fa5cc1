package io.framegate.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.framegate.outbox.Outbox;
import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class RetentionTest {

    private static final RetentionLimits TEN_DAYS = new RetentionLimits(Duration.ofDays(10), 0, "0");

    @TempDir
    private Path directory = Path.of(".");

    private Path images = Path.of(".");
    private Path thumbnails = Path.of(".");
    private Path target = Path.of(".");
    private Outbox outbox = new Outbox(Path.of("."), List.of(), Durability.NONE);

    @BeforeEach
    void prepare() throws IOException {
        images = Files.createDirectories(directory.resolve("images"));
        Files.createDirectories(images.resolve(".framegate"));
        thumbnails = directory.resolve("thumbnails");
        target = Files.createDirectories(directory.resolve("outbox/ftp"));
    }

    @AfterEach
    void close() {
        outbox.close();
    }

    private Path file(Path root, String path, int length, int daysOld) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, new byte[length]);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(daysOld))));
        return file;
    }

    private void image(String path, int daysOld) throws IOException {
        file(images, path, 1000, daysOld);
    }

    private Retention retention(RetentionLimits limits) {
        outbox.close();
        outbox = new Outbox(directory.resolve("outbox"), List.of("ftp"), Durability.NONE);
        return new Retention(images, "image_${header.FramegateCounter}.jpg", thumbnails, limits, outbox);
    }

    private void run(RetentionLimits limits) {
        retention(limits).run();
    }

    private List<String> left() {
        return left(images);
    }

    private static List<String> left(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void claim(String... paths) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String path : paths) {
            lines.append("{\"headers\":{},\"path\":\"").append(path).append("\"}\n");
        }
        Files.writeString(target.resolve("0000000000000000000.claims"), lines, StandardCharsets.UTF_8);
    }

    private void keep(String place, String path) throws IOException {
        Files.createDirectories(target.resolve(place));
        Files.writeString(
                target.resolve(place).resolve("1-x.json"),
                "{\"claim\":{\"headers\":{},\"path\":\"" + path + "\"},\"reason\":\"550\",\"at\":\"\"}");
    }

    @Test
    void olderThanMaxAgeGoes() throws IOException {
        image("image_1.jpg", 11);
        image("image_2.jpg", 9);
        run(TEN_DAYS);
        assertThat(left()).containsExactly("image_2.jpg");
    }

    @Test
    void theOldestGoUntilTheRestIsWithinMaxSize() throws IOException {
        image("b/image_1.jpg", 1);
        image("a/image_2.jpg", 2);
        image("c/image_3.jpg", 3);
        run(new RetentionLimits(Duration.ZERO, 2000, "0"));
        assertThat(left()).containsExactly("a/image_2.jpg", "b/image_1.jpg");
        assertThat(images.resolve("c")).doesNotExist();
        run(new RetentionLimits(Duration.ZERO, 2000, "0"));
        assertThat(left()).hasSize(2);
    }

    @Test
    void allThatIsDeliveredGoesForADiskThatHasTooLittleSpace() throws IOException {
        image("image_1.jpg", 1);
        image("image_2.jpg", 2);
        claim("image_2.jpg");
        run(new RetentionLimits(Duration.ZERO, 0, "100%"));
        assertThat(left()).containsExactly("image_2.jpg");
    }

    @Test
    void moreThanOneLookRemembersGo() throws IOException {
        for (int number = 0; number < ImageScan.MOST + 100; number++) {
            image("image_" + number + ".jpg", 20);
        }
        image("image_new.jpg", 1);
        run(TEN_DAYS);
        assertThat(left()).containsExactly("image_new.jpg");
    }

    @Test
    void sidecarAndThumbnailsGoWithTheirImageAndCountWithIt() throws IOException {
        image("a/image_1.webp", 2);
        file(images, "a/image_1.webp.json", 1000, 1);
        file(thumbnails, "a/image_1.webp.png", 1000, 1);
        image("a/image_2.jpg", 1);
        file(images, "a/image_2.jpg.json", 1000, 1);
        file(thumbnails, "a/image_2.jpg", 1000, 1);
        run(new RetentionLimits(Duration.ZERO, 5 << 10, "0"));
        assertThat(left()).containsExactly("a/image_2.jpg", "a/image_2.jpg.json");
        assertThat(left(thumbnails)).containsExactly("a/image_2.jpg");
    }

    @Test
    void sidecarsAndThumbnailsThatLostTheirImageGoWhenTheyAreOld() throws IOException {
        file(images, "image_1.jpg.json", 10, 11);
        file(images, "image_2.jpg.json", 10, 1);
        file(thumbnails, "image_1.jpg", 10, 11);
        run(TEN_DAYS);
        assertThat(left()).containsExactly("image_2.jpg.json");
        assertThat(left(thumbnails)).isEmpty();
    }

    @Test
    void whatWaitsIsSetAsideOrWantedAgainStays() throws IOException {
        for (int number = 1; number <= 4; number++) {
            image("image_" + number + ".jpg", 11);
        }
        claim("image_1.jpg");
        keep("set-aside", "image_2.jpg");
        keep("again", "image_3.jpg");
        run(TEN_DAYS);
        assertThat(left()).containsExactly("image_1.jpg", "image_2.jpg", "image_3.jpg");
    }

    @Test
    void whatIsDeliveredOfABacklogGoes() throws IOException {
        image("image_1.jpg", 12);
        image("image_2.jpg", 11);
        claim("image_1.jpg", "image_2.jpg");
        Files.writeString(target.resolve("0000000000000000000.done"), "001\n");
        run(TEN_DAYS);
        assertThat(left()).containsExactly("image_1.jpg");
    }

    @Test
    void nothingGoesWhenItCannotBeReadWhatWaits() throws IOException {
        image("image_1.jpg", 11);
        Files.createDirectories(target.resolve("set-aside"));
        Files.writeString(target.resolve("set-aside/1-x.json"), "{");
        run(TEN_DAYS);
        assertThat(left()).containsExactly("image_1.jpg");
    }

    @Test
    void nothingGoesWhenTheOutboxIsClosed() throws IOException {
        image("image_1.jpg", 11);
        claim("image_1.jpg");
        Retention retention = retention(TEN_DAYS);
        outbox.close();
        retention.run();
        assertThat(left()).containsExactly("image_1.jpg");
    }

    @Test
    void nothingGoesWhenTheImagesDirectoryIsNotMounted() throws IOException {
        file(thumbnails, "image_1.jpg", 10, 11);
        Files.delete(images.resolve(".framegate"));
        run(TEN_DAYS);
        assertThat(left(thumbnails)).containsExactly("image_1.jpg");
    }

    @Test
    void whatIsNotTheGatewaysStaysAndKeepsItsDirectory() throws IOException {
        image("a/image_1.jpg", 11);
        file(images, "a/holiday.jpg", 10, 11);
        file(images, ".framegate/counter", 10, 11);
        file(images, ".framegate-17.part", 10, 11);
        file(images, ".trash/image_2.jpg", 10, 11);
        file(images, "notes.json", 10, 11);
        Files.createDirectories(images.resolve("empty"));
        Path outside = file(directory, "outside/image_3.jpg", 10, 11);
        Files.createSymbolicLink(images.resolve("image_3.jpg"), outside);
        Files.createSymbolicLink(images.resolve("linked"), outside.getParent());
        run(TEN_DAYS);
        assertThat(left())
                .containsExactly(
                        ".framegate-17.part",
                        ".framegate/counter",
                        ".trash/image_2.jpg",
                        "a/holiday.jpg",
                        "image_3.jpg",
                        "notes.json");
        assertThat(outside).exists();
        assertThat(images.resolve("empty")).exists();
        assertThat(images.resolve("linked")).isSymbolicLink();
    }

    @Test
    void imagesDirectoryThatIsALinkIsItsTarget() throws IOException {
        image("image_1.jpg", 11);
        Path link = Files.createSymbolicLink(directory.resolve("link"), images);
        images = link;
        run(TEN_DAYS);
        assertThat(left()).isEmpty();
        assertThat(link).exists();
    }

    @Test
    void rootStaysWhenItIsEmpty() throws IOException {
        file(thumbnails, "image_1.jpg", 10, 11);
        assertThatCode(() -> run(TEN_DAYS)).doesNotThrowAnyException();
        assertThat(thumbnails).isEmptyDirectory();
        assertThat(images).exists();
    }
}
