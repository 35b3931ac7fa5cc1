package io.framegate.tool.send;

import java.io.IOException;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Loader;

/** Loads FFmpeg's libraries. They are in jars beside the gateway's jar, whose manifest names them. */
final class FfmpegNatives {

    private FfmpegNatives() {}

    /** Loads the libraries, or throws an exception that names the missing one. */
    static void require() throws IOException {
        String platform = Loader.getPlatform();
        String library = "/org/bytedeco/ffmpeg/" + platform + "/";
        boolean found = FfmpegNatives.class.getResource(library + System.mapLibraryName("jniavutil")) != null;
        if (!found) {
            throw new IOException("FFmpeg for " + platform
                    + ": not found (expected: ffmpeg-*-" + platform + ".jar and javacpp-*-" + platform
                    + ".jar in natives/ beside framegate.jar, as mvn package -Djavacpp.platform=" + platform
                    + " makes them; images need none)");
        }
        try {
            avutil.av_log_set_level(avutil.AV_LOG_FATAL);
        } catch (LinkageError e) {
            throw new IOException("FFmpeg for " + platform + ": cannot be loaded: " + reason(e), e);
        }
    }

    /** Loads FFmpeg's devices. Even for webcams, they need the system's libraries for sound and screen. */
    static void requireDevices() throws IOException {
        try {
            avdevice.avdevice_register_all();
        } catch (LinkageError e) {
            throw new IOException(
                    "webcam: FFmpeg's devices cannot be loaded: " + reason(e)
                            + " (expected: the system's libraries; on Debian and Raspberry Pi OS:"
                            + " apt install libpulse0 libasound2 libxcb1 libxcb-shm0)",
                    e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        // In "<path>: libpulse.so.0: cannot open shared object file" the path does not help.
        int at = message.indexOf(": ");
        return message.startsWith("/") && at > 0 ? message.substring(at + 2) : message;
    }
}
