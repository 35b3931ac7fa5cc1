package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.framegate.it.support.FrameReceiver;
import io.framegate.it.support.FramegateJar;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Pictures;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.Java2DFrameConverter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code framegate send} as a process, against receivers that share no code with it. */
@Execution(ExecutionMode.CONCURRENT)
class SendIT {

    @TempDir
    private Path directory;

    private record Run(Process process, Path out, Path err) {

        int end() throws InterruptedException {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still sending");
            }
            return process.exitValue();
        }

        String said() throws IOException {
            return Files.readString(out).strip();
        }

        String complained() throws IOException {
            return Files.readString(err).strip();
        }
    }

    private Run start(Path jar, String... arguments) throws IOException {
        Path out = Files.createTempFile(directory, "send", ".out");
        Path err = Files.createTempFile(directory, "send", ".err");
        List<String> command = FramegateJar.command(jar, List.of("-Xmx256m"), "send");
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Run(process, out, err);
    }

    private Run send(Object source, int port, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(source.toString(), "--to", "127.0.0.1:" + port));
        arguments.addAll(Arrays.asList(options));
        return start(FramegateJar.PATH, arguments.toArray(new String[0]));
    }

    /** Writes different pictures. Sent in their original size, they arrive byte for byte. */
    private List<byte[]> folder(int count) throws IOException {
        List<byte[]> images = new ArrayList<>();
        Path pictures = Files.createDirectories(directory.resolve("pictures"));
        for (int i = 0; i < count; i++) {
            byte[] image = Pictures.jpeg();
            // Without the trailer, which a receiver of the jpeg format would take for the begin of the next JPEG.
            int end = image.length;
            while ((image[end - 2] & 0xFF) != 0xFF || (image[end - 1] & 0xFF) != 0xD9) {
                end--;
            }
            images.add(Arrays.copyOf(image, end));
            Files.write(pictures.resolve(String.format(Locale.ROOT, "%03d.jpg", i)), images.get(i));
        }
        return images;
    }

    private Path pictures() {
        return directory.resolve("pictures");
    }

    private Path video(int frames) throws Exception {
        Path file = directory.resolve("video.mp4");
        avutil.av_log_set_level(avutil.AV_LOG_ERROR);
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 640, 420);
                Java2DFrameConverter converter = new Java2DFrameConverter()) {
            recorder.setVideoCodec(avcodec.AV_CODEC_ID_MPEG4);
            recorder.setFrameRate(25);
            recorder.start();
            for (int i = 0; i < frames; i++) {
                BufferedImage image = new BufferedImage(640, 420, BufferedImage.TYPE_3BYTE_BGR);
                Graphics2D graphics = image.createGraphics();
                graphics.setColor(Color.ORANGE);
                graphics.fillRect(i * 10, i * 5, 60, 60);
                graphics.dispose();
                Frame frame = converter.convert(image);
                recorder.record(frame);
            }
        }
        return file;
    }

    private static void assertJpegs(List<byte[]> images) throws IOException {
        for (byte[] image : images) {
            assertThat(image).startsWith(0xFF, 0xD8, 0xFF).endsWith(0xFF, 0xD9);
            // ImageIO closes the stream.
            BufferedImage picture = ImageIO.read(ImageIO.createImageInputStream(new ByteArrayInputStream(image)));
            assertThat(picture.getWidth()).isEqualTo(480);
            assertThat(picture.getHeight()).isEqualTo(315);
            // Quality 90 is a fifth of the first step in the standard, which is 16.
            assertThat(firstQuantizationStep(image)).isEqualTo(3);
        }
    }

    private static int firstQuantizationStep(byte[] jpeg) {
        for (int i = 0; i < jpeg.length - 5; i++) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xDB) {
                return jpeg[i + 5];
            }
        }
        throw new AssertionError("no quantization table");
    }

    @Tag("faults")
    @Test
    void everyFrameOfAVideoArrivesInTheOldSendersSize() throws Exception {
        Path video = video(50);
        try (FrameReceiver receiver = new FrameReceiver("length64")) {
            Run run = send(video, receiver.port());
            assertThat(run.end()).as(run.complained()).isZero();
            eventually("all frames").until(() -> receiver.images().size() == 50);
            assertJpegs(receiver.images());
            assertThat(run.said()).startsWith("sent=50 dropped=0 refused=0 resent=0 reconnects=0 seconds=");
            assertThat(receiver.connections()).isOne();
        }
    }

    @Tag("faults")
    @ParameterizedTest
    @ValueSource(strings = {"length64-plain", "length16", "lengthline", "be32", "le32", "le64", "be64", "jpeg"})
    void aFolderArrivesByteForByteInEachFormat(String format) throws Exception {
        aFolderArrivesByteForByte(format);
    }

    @Test
    void aFolderArrivesByteForByte() throws Exception {
        aFolderArrivesByteForByte("length64");
    }

    private void aFolderArrivesByteForByte(String format) throws Exception {
        List<byte[]> images = folder(5);
        try (FrameReceiver receiver = new FrameReceiver(format)) {
            Run run = send(pictures(), receiver.port(), "--format", format, "--size", "original", "--interval", "0ms");
            assertThat(run.end()).as(run.complained()).isZero();
            eventually("all frames").until(() -> receiver.images().size() == 5);
            assertThat(receiver.images()).containsExactlyElementsOf(images);
            eventually("the end, where the format has one").until(() -> receiver.endSeen() == format.equals("le32"));
        }
    }

    @Test
    void aGatewayStoresWhatIsSent() throws Exception {
        List<byte[]> images = folder(4);
        try (GatewayProcess gateway = new GatewayProcess(directory.resolve("gateway")).start()) {
            ImageFolder stored = gateway.images();
            String camera = "02:00:00:AA:BB:01";
            for (String format : new String[] {"xml", "http"}) {
                Run run = send(
                        pictures(),
                        gateway.cameraPort(),
                        "--format",
                        format,
                        "--camera-id",
                        camera,
                        "--size",
                        "original");
                assertThat(run.end()).as(run.complained()).isZero();
                assertThat(run.said()).startsWith("sent=4 dropped=0 refused=0 resent=0 reconnects=0 ");
            }
            eventually("both times").until(() -> stored.look().size() == 8);
            assertThat(stored.look().values())
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(images.stream(), images.stream())
                            .map(Pictures::sha256)
                            .toList());
            assertThat(stored.look().keySet()).allMatch(name -> name.contains("02_00_00_AA_BB_01"));
        }
    }

    @Test
    void aGatewayHasAsManyImagesAsTheVideoHasFrames() throws Exception {
        Path video = video(50);
        try (GatewayProcess gateway = new GatewayProcess(directory.resolve("gateway")).start()) {
            ImageFolder stored = gateway.images();
            Run run = send(video, gateway.framesPort());
            assertThat(run.end()).as(run.complained()).isZero();
            eventually("all frames").until(() -> stored.look().size() == 50);
            List<byte[]> images = new ArrayList<>();
            for (String path : stored.look().keySet()) {
                images.add(
                        Files.readAllBytes(gateway.directory().resolve("images").resolve(path)));
            }
            assertJpegs(images);
            assertThat(gateway.logLines("latencyMillis=")).hasSize(50);
        }
    }

    @Tag("faults")
    @Test
    void aGatewayThatIsRestartedInTheMiddleHasEveryFrame() throws Exception {
        Path video = video(60);
        int port = GatewayProcess.freePort();
        try (GatewayProcess gateway = new GatewayProcess(directory.resolve("gateway"))
                .with("framegate.camera.port", Integer.toString(port))
                .start()) {
            ImageFolder stored = gateway.images();
            Run run = send(video, port, "--format", "http", "--interval", "50ms", "--retries", "100");
            eventually("a third of them").until(() -> stored.look().size() >= 20);
            gateway.terminate();
            gateway.start();
            assertThat(run.end()).as(run.complained()).isZero();
            assertThat(run.said()).startsWith("sent=60 dropped=0 refused=0 ").doesNotContain("reconnects=0");
            eventually("all frames")
                    .until(() -> stored.look().values().stream().distinct().count() == 60);
        }
    }

    @Tag("faults")
    @Test
    void aReceiverThatComesBackMissesNothing() throws Exception {
        List<byte[]> images = folder(30);
        FrameReceiver first = new FrameReceiver("length64", 0, 10);
        Run run = send(
                pictures(),
                first.port(),
                "--size",
                "original",
                "--interval",
                "80ms",
                "--retry-delay",
                "50ms",
                "--retries",
                "100");
        eventually("the first receiver is gone").until(first::isClosed);
        try (FrameReceiver second = new FrameReceiver("length64", first.port(), Integer.MAX_VALUE)) {
            assertThat(run.end()).as(run.complained()).isZero();
            eventually("the last frame")
                    .until(() -> second.images().stream().anyMatch(image -> Arrays.equals(image, images.get(29))));
            List<byte[]> received = new ArrayList<>(first.images());
            received.addAll(second.images());
            assertThat(images).allMatch(image -> received.stream().anyMatch(got -> Arrays.equals(got, image)));
            assertThat(run.said()).startsWith("sent=30 dropped=0 refused=0 resent=1 reconnects=1 ");
        }
    }

    @Tag("faults")
    @Test
    void aReceiverThatDoesNotComeBackIsGivenUp() throws Exception {
        folder(5);
        Run run = send(pictures(), GatewayProcess.freePort(), "--retry-delay", "50ms");
        assertThat(run.end()).isOne();
        assertThat(run.complained().lines()).hasSize(1);
        assertThat(run.complained()).contains("gave up after 10 failed attempts in a row", "Connection refused");
        assertThat(run.said()).startsWith("sent=0 dropped=1 ");
    }

    @Tag("faults")
    @Test
    void aReceiverOfAnotherFormatIsGivenUp() throws Exception {
        folder(40);
        try (GatewayProcess gateway = new GatewayProcess(directory.resolve("gateway"))
                .with("framegate.frames.format", "le32")
                .start()) {
            Run run = send(pictures(), gateway.framesPort(), "--format", "length64", "--retry-delay", "50ms");
            assertThat(run.end()).isOne();
            assertThat(run.complained()).contains("gave up after 10 failed attempts in a row");
        }
    }

    @Tag("faults")
    @Test
    void picturesThatCannotBeReadAreNoSuccess() throws Exception {
        Files.writeString(Files.createDirectories(pictures()).resolve("a.jpg"), "no picture");
        Files.writeString(pictures().resolve("b.jpg"), "no picture");
        try (FrameReceiver receiver = new FrameReceiver("length64")) {
            Run run = send(pictures(), receiver.port());
            assertThat(run.end()).isOne();
            assertThat(run.complained()).contains("nothing was sent");
            assertThat(run.said()).startsWith("sent=0 dropped=2 ");
        }
    }

    @Tag("faults")
    @Test
    void countEndsAVideoWithTheSummary() throws Exception {
        Path video = video(20);
        try (FrameReceiver receiver = new FrameReceiver("le32")) {
            Run run = send(video, receiver.port(), "--format", "le32", "--interval", "0ms", "--count", "7");
            assertThat(run.end()).isZero();
            assertThat(run.said()).startsWith("sent=7 dropped=0 refused=0 ");
            eventually("all that was sent").until(() -> receiver.images().size() == 7);
            eventually("the end mark").until(receiver::endSeen);
        }
    }

    @Tag("faults")
    @Test
    void aSignalEndsWithWhatBecameOfTheFrames() throws Exception {
        folder(2);
        try (FrameReceiver receiver = new FrameReceiver("le32")) {
            Run run = send(pictures(), receiver.port(), "--format", "le32", "--loop");
            eventually("frames").until(() -> receiver.images().size() >= 3);
            run.process().destroy();
            assertThat(run.end()).isEqualTo(143);
            assertThat(run.said()).startsWith("sent=");
            eventually("the end mark").until(receiver::endSeen);
        }
    }

    @Tag("faults")
    @Test
    void aSignalWhileTheReceiverIsAwayLeavesNoStackTrace() throws Exception {
        folder(2);
        Run run = send(pictures(), GatewayProcess.freePort(), "--retries", "1000", "--retry-delay", "10ms");
        eventually("a line of progress").until(() -> run.complained().startsWith("frames=0 "));
        run.process().destroy();
        assertThat(run.end()).isEqualTo(143);
        assertThat(run.complained().lines())
                .allMatch(line -> line.startsWith("frames=0 ") || line.equals("cannot send: stopped"));
        assertThat(run.said()).startsWith("sent=0 ");
    }

    @Tag("faults")
    @Test
    void aFileMayHaveAnyName() throws Exception {
        folder(1);
        Path oddly = Files.move(pictures(), directory.resolve("a:{{b}}) ${c}&d?e"));
        try (FrameReceiver receiver = new FrameReceiver("length64")) {
            Run run = send(oddly.getFileName(), receiver.port());
            assertThat(run.end()).as(run.complained()).isZero();
            Files.move(video(5), directory.resolve("lavfi {{b}}:c.mp4"));
            Run video = send("lavfi {{b}}:c.mp4", receiver.port());
            assertThat(video.end()).as(video.complained()).isZero();
            eventually("all frames").until(() -> receiver.images().size() == 6);
        }
    }

    @Tag("faults")
    @Test
    void aCameraIsCalledByItsIdInHttp() throws Exception {
        folder(1);
        try (GatewayProcess gateway = new GatewayProcess(directory.resolve("gateway")).start()) {
            ImageFolder stored = gateway.images();
            for (String format : new String[] {"http", "http-image"}) {
                Run run = send(pictures(), gateway.cameraPort(), "--format", format, "--camera-id", "garage");
                assertThat(run.end()).as(run.complained()).isZero();
            }
            assertThat(stored.look().keySet()).hasSize(2).allMatch(name -> name.contains("_garage_"));
        }
    }

    @Tag("faults")
    @Test
    void aLiveSourceDropsAndCountsFramesThatNobodyTakes() throws Exception {
        int port = GatewayProcess.freePort();
        Run run = send(
                "lavfi:testsrc=size=640x480:rate=25:duration=4", port, "--interval", "40ms", "--retry-delay", "1s");
        eventually("the first pictures")
                .until(() -> run.process().toHandle().info().totalCpuDuration().isPresent());
        try (FrameReceiver receiver = new FrameReceiver("length64", port, Integer.MAX_VALUE)) {
            assertThat(run.end()).as(run.complained()).isZero();
            int[] counts = Arrays.stream(run.said().split(" ", -1))
                    .limit(2)
                    .mapToInt(count -> Integer.valueOf(count.substring(count.indexOf('=') + 1)))
                    .toArray();
            assertThat(counts[0] + counts[1]).isEqualTo(100);
            eventually("all that was sent").until(() -> receiver.images().size() == counts[0]);
            assertThat(receiver.images()).isNotEmpty();
            assertJpegs(receiver.images());
        }
    }

    @Tag("faults")
    @Test
    void anAnswerDecidesWhatBecomesOfAFrame() throws Exception {
        folder(4);
        AtomicInteger posts = new AtomicInteger();
        int[] answers = {200, 503, 200, 400, 200};
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", post -> {
            post.getRequestBody().readAllBytes();
            post.sendResponseHeaders(answers[posts.getAndIncrement()], -1);
            post.close();
        });
        server.start();
        try {
            Run run =
                    send(pictures(), server.getAddress().getPort(), "--format", "http-image", "--retry-delay", "50ms");
            assertThat(run.end()).isOne();
            assertThat(run.complained()).isEqualTo("1 frames refused, the last one with answer 400 (expected: 200)");
            assertThat(run.said()).startsWith("sent=3 dropped=0 refused=1 ");
            assertThat(posts).hasValue(5);
        } finally {
            server.stop(0);
        }
    }

    @Tag("faults")
    @Test
    void withoutNativesImagesAreSentAndVideosSaySoInOneLine() throws Exception {
        folder(2);
        Path alone =
                Files.copy(FramegateJar.PATH, directory.resolve("framegate.jar"), StandardCopyOption.REPLACE_EXISTING);
        try (FrameReceiver receiver = new FrameReceiver("length64")) {
            String to = "127.0.0.1:" + receiver.port();
            Run images = start(alone, pictures().toString(), "--to", to);
            assertThat(images.end()).as(images.complained()).isZero();
            eventually("both").until(() -> receiver.images().size() == 2);
            assertJpegs(receiver.images());
            Run filter = start(alone, "lavfi:testsrc", "--to", to);
            assertThat(filter.end()).isOne();
            assertThat(filter.complained().lines()).hasSize(1);
            assertThat(filter.complained()).contains("FFmpeg for ", "natives/ beside framegate.jar");
        }
    }

    @Test
    void wrongOptionIsTwoLines() throws Exception {
        Run run = send("pictures", 1, "--interval", "5x");
        assertThat(run.end()).isEqualTo(2);
        assertThat(run.complained().lines())
                .containsExactly(
                        "Invalid value for option '--interval': 5x (expected: a time, as 500ms, 60s, 5m or 2h)",
                        "try: framegate send --help");
    }

    @Tag("faults")
    @Test
    void helpNamesTheCommand() throws Exception {
        Path out = Files.createTempFile(directory, "help", ".out");
        Process help = new ProcessBuilder(FramegateJar.command(List.of(), "--help"))
                .redirectOutput(out.toFile())
                .start();
        assertThat(help.waitFor()).isZero();
        assertThat(Files.readString(out, StandardCharsets.UTF_8)).contains("send ", "Sends pictures");
    }
}
