package io.framegate.tool.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framegate.wire.Frame;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component in any route. */
class FramesComponentTest {

    private final CamelContext context = new DefaultCamelContext();
    private final List<Frame> frames = new CopyOnWriteArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @AfterEach
    void stop() {
        context.stop();
    }

    private void run(String uri) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).process(exchange -> frames.add(exchange.getMessage().getMandatoryBody(Frame.class)));
            }
        });
        context.start();
    }

    private void image(String name, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", directory.resolve(name).toFile());
    }

    @Test
    void imagesOfAFolderComeByNameInTheGivenSize() throws Exception {
        image("b.png", 64, 48);
        image("a.png", 200, 10);
        Files.write(directory.resolve("c.jpg"), new byte[] {1, 2, 3});
        SendReport report = new SendReport();
        context.getRegistry().bind("report", report);
        run("frames:" + directory + "?size=32x24&interval=0ms&cameraId=7&report=#bean:report");
        await().atMost(Duration.ofSeconds(10)).until(() -> report.end().isDone());
        assertThat(frames).hasSize(2).allMatch(frame -> "7".equals(frame.cameraId()));
        assertThat(report.dropped.sum()).as("the file that is not a picture").isOne();
        assertThat(report.end().join()).isNull();
    }

    @Test
    void loopBeginsAgain() throws Exception {
        image("a.png", 64, 48);
        run("frames:" + directory + "?interval=0ms&loop=true");
        await().atMost(Duration.ofSeconds(10)).until(() -> frames.size() >= 3);
    }

    private SendReport runToTheEnd(String source, String options) throws Exception {
        SendReport report = new SendReport();
        context.getRegistry().bind("report", report);
        run("frames:" + source + "?interval=0ms&size=original&report=#bean:report&" + options);
        await().atMost(Duration.ofSeconds(20)).until(() -> report.end().isDone());
        assertThat(report.end().join()).isNull();
        return report;
    }

    @Test
    void countEndsALoopInTheMiddleOfTheFolder() throws Exception {
        image("a.png", 64, 48);
        image("b.png", 64, 48);
        assertThat(runToTheEnd(directory.toString(), "loop=true&count=5").length())
                .isEqualTo(5);
        assertThat(frames).hasSize(5);
    }

    @Test
    void countThatIsLargerThanTheFolderEndsWithTheFolder() throws Exception {
        image("a.png", 64, 48);
        image("b.png", 64, 48);
        assertThat(runToTheEnd(directory.toString(), "count=5").length()).isEqualTo(2);
        assertThat(frames).hasSize(2);
    }

    @Test
    void pictureThatCannotBeReadDoesNotCount() throws Exception {
        Files.write(directory.resolve("a.jpg"), new byte[] {1, 2, 3});
        image("b.png", 64, 48);
        image("c.png", 64, 48);
        assertThat(runToTheEnd(directory.toString(), "count=2").dropped.sum()).isOne();
        assertThat(frames).hasSize(2);
    }

    @Test
    void countEndsTestPicturesOfFfmpeg() throws Exception {
        runToTheEnd("test", "source=RAW(lavfi:testsrc=size=64x48:rate=25)&count=4");
        assertThat(frames).hasSize(4);
    }

    @Test
    void testPicturesOfFfmpegAreFrames() throws Exception {
        run("frames:test?source=RAW(lavfi:testsrc=size=64x48:duration=1:rate=5)&interval=1ms&size=original");
        await().atMost(Duration.ofSeconds(20)).until(() -> !frames.isEmpty());
        assertThat(frames.get(0).image()).startsWith(0xFF, 0xD8, 0xFF);
    }
}
