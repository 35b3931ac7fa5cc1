package io.framegate.tool.send;

import io.framegate.tool.HostPort;
import io.framegate.tool.TimeOption;
import io.framegate.tool.TlsOptions;
import io.framegate.wire.FrameEncoding;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code framegate send SOURCE --to host:port}. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Sends pictures of a webcam, a video, images or a stream to a receiver.",
        description = {
            "",
            "Connects again when the receiver goes away. Meanwhile a file waits at its frame; frames"
                    + " of a webcam or a stream are dropped and counted. Formats other than http and http-image"
                    + " have no answers: the sender cannot know which frames were in the socket buffers, so it"
                    + " sends the last frame again.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all frames were sent, except those of a live source that the receiver did not take in time",
            "1:gave up, frames were refused, or the source cannot be read; standard error says the reason",
            "2:wrong command line"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  framegate send /dev/video0 --to 192.0.2.1:8080",
            "  framegate send gate.mp4 --to 192.0.2.1:18000 --format http",
            "  framegate send pictures/ --to 192.0.2.1:5000 --format le32 --fps 2 --loop",
            "  framegate send rtsp://192.0.2.7/live --to 192.0.2.1:8080 --interval 1s",
            "  framegate send pictures/ --to 192.0.2.1:18000 --format http --loop --count 1000",
            "  framegate send lavfi:testsrc=size=640x480:rate=25 --to 127.0.0.1:8080"
        })
public final class SendCommand implements Callable<Integer> {

    private static final Pattern CAMERA = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final String PREFIX = "framegate.send.";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SOURCE",
            description =
                    "A webcam (/dev/video0, webcam:0), a video, an image, a folder of images, a URL that FFmpeg reads"
                            + " (rtsp, http), or FFmpeg's test pictures (lavfi:testsrc).")
    private String source = "";

    @Option(names = "--to", required = true, paramLabel = "host:port", description = "The receiver.")
    private String to = "";

    @Option(
            names = "--format",
            paramLabel = "name",
            description =
                    "xml, http, http-image, length64, length64-plain, length16, lengthline, le32, be32, le64, be64,"
                            + " jpeg, mjpeg"
                            + " (default: ${DEFAULT-VALUE}).")
    private String format = "length64";

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Size of every frame, without regard to proportions; original keeps the size"
                    + " (default: ${DEFAULT-VALUE}).")
    private String size = "480x315";

    @Option(
            names = "--quality",
            paramLabel = "n",
            description = "Quality of JPEGs, 1 to 100 (default: ${DEFAULT-VALUE}).")
    private int quality = 90;

    @Option(
            names = "--interval",
            paramLabel = "time",
            converter = TimeOption.class,
            description = "Time from frame to frame, as 95ms or 1s; 0ms sends as fast as possible"
                    + " (default: 20ms for a video, else 95ms).")
    private @Nullable Duration interval;

    @Option(names = "--fps", paramLabel = "n", description = "Frames per second, instead of --interval.")
    private @Nullable Double fps;

    @Option(names = "--loop", description = "Begins again at the end.")
    private boolean loop;

    @Option(
            names = "--count",
            paramLabel = "n",
            description = "Ends after this number of frames, or at the end of the source.")
    private @Nullable Integer count;

    @Option(
            names = "--camera-id",
            paramLabel = "id",
            description = "Id of the camera, for http and http-image; for xml a MAC address. Other formats have none.")
    private @Nullable String cameraId;

    @Option(
            names = "--retries",
            paramLabel = "n",
            description = "Gives up after this number of failed attempts in a row (default: ${DEFAULT-VALUE}).")
    private int retries = 10;

    @Option(
            names = "--retry-delay",
            paramLabel = "time",
            defaultValue = "1s",
            converter = TimeOption.class,
            description = "Pause between two attempts (default: ${DEFAULT-VALUE}).")
    private Duration retryDelay = Duration.ZERO;

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Override
    public Integer call() {
        validate();
        // Standard output gets nothing but the summary.
        System.setProperty("framegate.log.target", "System.err");
        System.setProperty("framegate.log.level", "WARN");
        System.setProperty("java.awt.headless", "true");
        CommandLine line = spec.commandLine();
        return new SendRun(source, cameraId, tls, properties(), line.getOut(), line.getErr()).run() ? 0 : 1;
    }

    private void validate() {
        try {
            HostPort.of(to);
            FrameSize.of(size);
            FrameEncoding encoding = FrameSender.encoding(format);
            require(
                    encoding.namesCamera() || cameraId == null,
                    "camera id: format " + format + " has none (expected: xml, http or http-image)");
            require(
                    encoding == FrameEncoding.XML
                            || cameraId == null
                            || CAMERA.matcher(cameraId).matches(),
                    "camera id: " + cameraId + " (expected: up to 64 letters, digits and . _ : -)");
            require(quality >= 1 && quality <= 100, "quality: " + quality + " (expected: 1 to 100)");
            require(count == null || count >= 1, "count: " + count + " (expected: >= 1)");
            require(retries >= 1, "retries: " + retries + " (expected: >= 1)");
            require(fps == null || interval == null, "--fps and --interval: both given (expected: one of them)");
            require(fps == null || (fps >= 0.001 && fps <= 1000), "fps: " + fps + " (expected: 0.001 to 1000)");
            tls.context();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty(PREFIX + "to", to);
        properties.setProperty(PREFIX + "format", format);
        properties.setProperty(PREFIX + "size", size);
        properties.setProperty(PREFIX + "quality", Integer.toString(quality));
        properties.setProperty(PREFIX + "loop", Boolean.toString(loop));
        properties.setProperty(PREFIX + "retries", Integer.toString(retries));
        properties.setProperty(PREFIX + "retry-delay", Long.toString(retryDelay.toMillis()));
        Duration pace = fps == null ? interval : Duration.ofNanos((long) (1e9 / fps));
        if (pace != null) {
            properties.setProperty(PREFIX + "interval", pace.toString());
        }
        if (count != null) {
            properties.setProperty(PREFIX + "count", count.toString());
        }
        return properties;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
