package io.framegate.tool.send;

/** What JavaCV says, without its advice to those who program with it. */
final class FfmpegFailure {

    private FfmpegFailure() {}

    static String of(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        int advice = message.indexOf(" (For more details");
        return advice < 0 ? message : message.substring(0, advice);
    }
}
