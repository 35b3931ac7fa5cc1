package io.framegate.tool.send;

import io.framegate.image.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of sources, each with its default interval. The name of a source tells its kind. */
enum SourceKind {
    /** {@code webcam:0}, {@code /dev/video0}. */
    WEBCAM(95),
    /** {@code lavfi:testsrc=size=640x480:rate=25}: a filter of FFmpeg that generates pictures. */
    FILTER(95),
    /** {@code rtsp://...}, {@code http://...}. */
    URL(95),
    VIDEO(20),
    /** An image, or a folder of images. */
    IMAGES(95);

    private static final String FILTER_PREFIX = "lavfi:";
    private static final Pattern WEBCAM_NAME = Pattern.compile("webcam:([0-9]{1,3})|(/dev/video[0-9]{1,3})");
    private static final Pattern URL_NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+://.*");

    private final Duration interval;

    SourceKind(int intervalMillis) {
        interval = Duration.ofMillis(intervalMillis);
    }

    /** Returns the default time from frame to frame, which the earlier sender scripts had too. */
    Duration interval() {
        return interval;
    }

    static SourceKind of(String source) {
        if (source.startsWith(FILTER_PREFIX)) {
            return FILTER;
        }
        if (WEBCAM_NAME.matcher(source).matches()) {
            return WEBCAM;
        }
        if (URL_NAME.matcher(source).matches()) {
            return URL;
        }
        return Files.isDirectory(path(source)) || isImage(path(source)) ? IMAGES : VIDEO;
    }

    /** Opens the source with this name. */
    static PictureSource open(String source, FrameSize size, int quality) throws IOException {
        SourceKind kind = of(source);
        if (kind == IMAGES) {
            return new ImageFiles(path(source), size, quality);
        }
        if (kind == VIDEO) {
            requireReadable(path(source), "a file, a folder, a webcam as webcam:0, a URL, or lavfi:<filter>");
        }
        FfmpegNatives.require();
        if (kind == FILTER) {
            return new FfmpegFilter(source.substring(FILTER_PREFIX.length()), size, quality);
        }
        Matcher webcam = WEBCAM_NAME.matcher(source);
        if (webcam.matches()) {
            return FfmpegVideo.webcam(webcam.group(1) == null ? webcam.group(2) : webcam.group(1), size, quality);
        }
        return kind == URL ? FfmpegVideo.url(source, size, quality) : FfmpegVideo.file(path(source), size, quality);
    }

    static void requireReadable(Path source, String expected) throws IOException {
        if (source.toString().isEmpty() || !Files.exists(source)) {
            throw new IOException("source: " + source + " not found (expected: " + expected + ")");
        }
        if (!Files.isReadable(source)) {
            throw new IOException("source: " + source + " cannot be read (expected: the right to)");
        }
    }

    static boolean isImage(Path file) {
        return ImageFormat.isReadable(file.toString());
    }

    private static Path path(String source) {
        try {
            return Path.of(source);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("source: " + source + " (expected: a name a file can have)", e);
        }
    }
}
