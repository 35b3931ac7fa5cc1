package io.framegate.tool.send;

/** Removes JavaCV's advice for programmers from its messages. */
final class FfmpegFailure {

    private FfmpegFailure() {}

    static String of(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        int advice = message.indexOf(" (For more details");
        return advice < 0 ? message : message.substring(0, advice);
    }
}
