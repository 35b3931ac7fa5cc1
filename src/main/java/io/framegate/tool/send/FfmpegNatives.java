package io.framegate.tool.send;

import java.io.IOException;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Loader;

/** FFmpeg's libraries: they are not in the jar, but in jars beside it that its manifest names. */
final class FfmpegNatives {

    private FfmpegNatives() {}

    /** Loads them, or says what is missing. */
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

    /** Loads the part that knows webcams, which needs libraries of the system: of the sound system and the screen, of all things. */
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
        // "<path>: libpulse.so.0: cannot open shared object file": the path is of no use.
        int at = message.indexOf(": ");
        return message.startsWith("/") && at > 0 ? message.substring(at + 2) : message;
    }
}
