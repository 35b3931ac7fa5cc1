package io.framegate.log;

import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Describes a failed delivery in one line for the log, with the text that the target answered. */
public final class Reason {

    private static final int MAX_LENGTH = 512;

    /** Causes may form a cycle. */
    private static final int DEEPEST = 20;

    private static final Pattern QUERY = Pattern.compile("(https?://[^\\s?]*)\\?\\S+");

    private static final Pattern CLASS =
            Pattern.compile("(?:\\b[a-z][\\w$]*\\.)*\\b[A-Z][\\w$]*(?:Exception|Error)(?::\\s*|$)");

    /** Java's message for an unknown enum constant. */
    private static final Pattern CONSTANT = Pattern.compile("No enum constant (?:[\\w$]+\\.)*([\\w$]+)");

    private Reason() {}

    /**
     * Returns class and message of the failure and of its root cause, without line ends and other control characters.
     * Leaves out the query of every address, because it may be a secret (Azure's signatures).
     */
    public static String of(Throwable failure) {
        String reason = said(failure);
        Throwable first = first(failure);
        // Many clients only report that they failed; the root cause has the reason.
        if (first != failure && !reason.contains(String.valueOf(first.getMessage()))) {
            reason += " <- " + said(first);
        }
        return line(QUERY.matcher(reason).replaceAll("$1?..."));
    }

    /**
     * Returns the messages of the failure and of its root cause, without class names. For failures that peers and
     * operators cause: their readers have no source code. A failure without a message is described by its class name:
     * {@code no such file}.
     */
    public static String plain(Throwable failure) {
        String reason = sentence(failure);
        Throwable first = first(failure);
        String root = sentence(first);
        if (root.contains(reason)) {
            reason = root;
        } else if (!reason.contains(root)) {
            reason += ": " + root;
        }
        return line(QUERY.matcher(reason).replaceAll("$1?..."));
    }

    private static String sentence(Throwable failure) {
        if (failure instanceof FileSystemException file) {
            String why = file.getReason() == null ? words(file) : file.getReason();
            return file.getFile() == null ? why : file.getFile() + ": " + why;
        }
        String message = failure.getMessage();
        String said =
                message == null ? "" : CLASS.matcher(message).replaceAll("").strip();
        said = CONSTANT.matcher(said).replaceAll("unknown value: $1");
        return said.isEmpty() && failure.getCause() == null ? words(failure) : said;
    }

    /** Turns the name of the class into words: {@code NoSuchFileException}. */
    private static String words(Throwable failure) {
        return failure.getClass()
                .getSimpleName()
                .replaceFirst("(?<=.)(Exception|Error)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** Returns a text as one line of limited length, without control characters. */
    public static String line(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s\\u2028\\u2029]+", " ").strip();
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH);
    }

    private static String said(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    private static Throwable first(Throwable failure) {
        Throwable first = failure;
        for (int depth = 0; first.getCause() != null && depth < DEEPEST; depth++) {
            first = first.getCause();
        }
        return first;
    }
}
