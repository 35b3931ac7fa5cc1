package io.framegate.tool.send;

import io.framegate.image.ImageTransform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.jspecify.annotations.Nullable;

/** Reads a video file, a stream or a webcam with FFmpeg, and scales the pictures. */
final class FfmpegVideo implements PictureSource {

    private static final String MICROS_UNTIL_A_SILENT_STREAM_IS_GIVEN_UP = "20000000";

    private final String name;
    private final FFmpegFrameGrabber grabber;
    private final boolean live;
    private final ImageTransform transform = new ImageTransform();

    private FfmpegVideo(String name, FFmpegFrameGrabber grabber, @Nullable Boolean live, FrameSize size, int quality)
            throws IOException {
        this.name = name;
        this.grabber = grabber;
        transform.setQuality(quality / 100f);
        grabber.setImageMode(FrameGrabber.ImageMode.COLOR);
        grabber.setImageScalingFlags(swscale.SWS_AREA);
        if (!size.isOriginal()) {
            grabber.setImageWidth(size.width());
            grabber.setImageHeight(size.height());
        }
        try {
            grabber.start();
        } catch (FFmpegFrameGrabber.Exception e) {
            grabber.close();
            throw new IOException("source: " + name + ": " + reason(e), e);
        }
        if (grabber.getVideoCodec() == 0) {
            grabber.close();
            throw new IOException("source: " + name + ": no pictures in it (expected: a video)");
        }
        this.live = live == null ? grabber.getLengthInTime() <= 0 : live;
    }

    static FfmpegVideo file(Path file, FrameSize size, int quality) throws IOException {
        // Absolute, because FFmpeg reads the text before a colon as a protocol.
        String absolute = file.toAbsolutePath().toString();
        return new FfmpegVideo(file.toString(), new FFmpegFrameGrabber(absolute), false, size, quality);
    }

    /** Opens a stream. A video of known length is read like a file. */
    static FfmpegVideo url(String url, FrameSize size, int quality) throws IOException {
        FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(url);
        grabber.setOption("timeout", MICROS_UNTIL_A_SILENT_STREAM_IS_GIVEN_UP);
        if (url.startsWith("rtsp")) {
            // With UDP, a lost packet damages a picture.
            grabber.setOption("rtsp_transport", "tcp");
        }
        return new FfmpegVideo(withoutPassword(url), grabber, null, size, quality);
    }

    /** Opens a webcam by its number or device file. */
    static FfmpegVideo webcam(String device, FrameSize size, int quality) throws IOException {
        FfmpegNatives.requireDevices();
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        boolean linux = !system.contains("mac") && !system.contains("windows");
        String name = linux && !device.startsWith("/") ? "/dev/video" + device : device;
        if (system.contains("windows")) {
            throw new IOException("webcam: " + device + " (expected: Linux or macOS)");
        }
        FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(name);
        grabber.setFormat(linux ? "v4l2" : "avfoundation");
        if (!linux) {
            grabber.setFrameRate(30);
        }
        return new FfmpegVideo(name, grabber, true, size, quality);
    }

    /** Removes JavaCV's advice for programmers from its message. */
    private static String reason(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        int advice = message.indexOf(" (For more details");
        return advice < 0 ? message : message.substring(0, advice);
    }

    private static String withoutPassword(String url) {
        return url.replaceFirst("//[^/@]*@", "//");
    }

    @Override
    public byte @Nullable [] next() throws IOException {
        Frame frame = grab(true);
        return frame == null ? null : transform.jpeg(BgrPicture.of(frame));
    }

    @Override
    public boolean skip() throws IOException {
        return grab(false) != null;
    }

    private @Nullable Frame grab(boolean picture) throws IOException {
        try {
            return grabber.grabFrame(false, true, picture, false);
        } catch (FFmpegFrameGrabber.Exception e) {
            throw new IOException("source: " + name + ": " + reason(e), e);
        }
    }

    @Override
    public boolean isLive() {
        return live;
    }

    @Override
    public boolean isPaced() {
        return live;
    }

    @Override
    public long length() {
        int frames = live ? 0 : grabber.getLengthInVideoFrames();
        return frames > 0 ? frames : -1;
    }

    @Override
    public void close() throws IOException {
        grabber.close();
    }
}
