package io.framegate.tool.send;

import io.framegate.event.AsciiDigits;
import io.framegate.wire.FrameEncoding;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code framegate send SOURCE --to host:port}: runs the route {@code send.camel.yaml} until the source has no more. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Sends pictures of a webcam, a video, images or a stream to a receiver.",
        description = {
            "",
            "Connects again when the receiver goes. A file waits meanwhile, and goes on with the frame it was at; frames of a"
                    + " webcam or a stream are dropped and counted. Formats other than http and http-image have no answers:"
                    + " what was in the sockets when the receiver went cannot be known, so the last frame is sent twice then.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all was sent, but for frames of a live source that nobody took in time",
            "1:gave up, frames refused, or the source cannot be read; the reason is on standard error",
            "2:wrong command line"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  framegate send /dev/video0 --to 192.0.2.1:8080",
            "  framegate send gate.mp4 --to 192.0.2.1:18000 --format http",
            "  framegate send pictures/ --to 192.0.2.1:5000 --format le32 --fps 2 --loop",
            "  framegate send rtsp://192.0.2.7/live --to 192.0.2.1:8080 --interval 1s",
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
            defaultValue = "length64",
            description = "xml, http, http-image, length64, length64-plain, length16, le32, be32, le64, jpeg"
                    + " (default: ${DEFAULT-VALUE}).")
    private String format = "";

    @Option(
            names = "--size",
            paramLabel = "WxH",
            defaultValue = "480x315",
            description = "Size of every frame, whatever the picture's proportions; original keeps it"
                    + " (default: ${DEFAULT-VALUE}).")
    private String size = "";

    @Option(
            names = "--quality",
            paramLabel = "n",
            defaultValue = "90",
            description = "Quality of JPEGs, 1 to 100 (default: ${DEFAULT-VALUE}).")
    private int quality;

    @Option(
            names = "--interval",
            paramLabel = "time",
            converter = Time.class,
            description = "From frame to frame, as 95ms or 1s; 0ms for as fast as it goes"
                    + " (default: 20ms for a video, 95ms for all else).")
    private @Nullable Duration interval;

    @Option(names = "--fps", paramLabel = "n", description = "Frames a second, instead of --interval.")
    private @Nullable Double fps;

    @Option(names = "--loop", description = "Begin again at the end.")
    private boolean loop;

    @Option(
            names = "--camera-id",
            paramLabel = "id",
            description = "Who sends, with http and http-image; with xml a MAC address. Others have no place for it.")
    private @Nullable String cameraId;

    @Option(
            names = "--retries",
            paramLabel = "n",
            defaultValue = "10",
            description = "Failed attempts in a row after which it gives up (default: ${DEFAULT-VALUE}).")
    private int retries;

    @Option(
            names = "--retry-delay",
            paramLabel = "time",
            defaultValue = "1s",
            converter = Time.class,
            description = "The pause between them (default: ${DEFAULT-VALUE}).")
    private Duration retryDelay = Duration.ZERO;

    @Override
    public Integer call() throws Exception {
        Properties properties = properties();
        // The result is all that standard output gets.
        System.setProperty("framegate.log.target", "System.err");
        System.setProperty("framegate.log.level", "WARN");
        System.setProperty("java.awt.headless", "true");
        SendReport report = new SendReport();
        long start = System.nanoTime();
        CountDownLatch said = new CountDownLatch(1);
        stopInOrder(report, said);
        CamelContext context = new DefaultCamelContext();
        try (SendProgress progress = new SendProgress(report, spec.commandLine().getErr())) {
            run(context, properties, report, progress);
        } catch (Exception e) {
            report.ended(e);
        } finally {
            context.stop();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Throwable failure = report.failure();
        String wrong = failure == null ? report.shortfall() : "cannot send: " + reason(failure);
        if (wrong != null) {
            spec.commandLine().getErr().println(wrong);
            spec.commandLine().getErr().flush();
        }
        spec.commandLine().getOut().println(SendProgress.summary(report, seconds));
        spec.commandLine().getOut().flush();
        said.countDown();
        return wrong == null ? 0 : 1;
    }

    /** A signal ends the source; the process then waits until it was said what became of the frames. */
    private static void stopInOrder(SendReport report, CountDownLatch said) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            report.ended(new InterruptedException("stopped"));
            try {
                said.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    private void run(CamelContext context, Properties properties, SendReport report, SendProgress progress)
            throws Exception {
        context.getPropertiesComponent().setInitialProperties(properties);
        context.getRegistry().bind("sendReport", report);
        context.getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> named(endpoint));
        context.getShutdownStrategy().setTimeout(5);
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(PluginHelper.getResourceLoader(context)
                        .resolveResource("classpath:io/framegate/tool/send/send.camel.yaml"));
        context.start();
        progress.start();
        report.end().await();
        context.getRegistry()
                .lookupByNameAndType("frameSender", FrameSender.class)
                .close();
    }

    /** Not by properties, because braces in a file's name or a camera's would be taken for placeholders. */
    private Endpoint named(Endpoint endpoint) {
        if (endpoint instanceof FramesEndpoint frames) {
            frames.setSource(source);
            if (cameraId != null) {
                frames.setCameraId(cameraId);
            }
        }
        return endpoint;
    }

    private Properties properties() {
        Properties properties = new Properties();
        try {
            Receiver.of(to);
            FrameSize.of(size);
            FrameEncoding encoding = FrameSender.encoding(format);
            require(
                    encoding.namesCamera() || cameraId == null,
                    "camera id: " + format + " has no place for it (expected: xml, http or http-image)");
            require(
                    encoding == FrameEncoding.XML
                            || cameraId == null
                            || CAMERA.matcher(cameraId).matches(),
                    "camera id: " + cameraId + " (expected: up to 64 letters, digits and . _ : -)");
            require(quality >= 1 && quality <= 100, "quality: " + quality + " (expected: 1 to 100)");
            require(retries >= 1, "retries: " + retries + " (expected: >= 1)");
            require(fps == null || interval == null, "--fps and --interval: both given (expected: one of them)");
            require(fps == null || (fps >= 0.001 && fps <= 1000), "fps: " + fps + " (expected: 0.001 to 1000)");
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
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
        return properties;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The innermost message of what Camel wrapped; what is ours says enough by itself. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof java.io.IOException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** Reads {@code 95ms}, {@code 1s}, {@code 2m}. */
    static final class Time implements ITypeConverter<Duration> {

        private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m)");

        @Override
        public Duration convert(String text) {
            Matcher time = TIME.matcher(text);
            if (!time.matches()) {
                throw new TypeConversionException(text + " (expected: as 95ms, 1s or 2m)");
            }
            int number = AsciiDigits.parseInt(time.group(1), -1);
            return switch (time.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                default -> Duration.ofMinutes(number);
            };
        }
    }
}
