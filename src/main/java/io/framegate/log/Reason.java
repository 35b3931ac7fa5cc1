package io.framegate.log;

import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Describes a failed delivery in one line for the log, with the text that the target answered. */
public final class Reason {

    private static final int MAX_LENGTH = 512;

    /** A cause may be its own cause's cause. */
    private static final int DEEPEST = 20;

    private static final Pattern QUERY = Pattern.compile("(https?://[^\\s?]*)\\?\\S+");

    private static final Pattern CLASS =
            Pattern.compile("(?:\\b[a-z][\\w$]*\\.)*\\b[A-Z][\\w$]*(?:Exception|Error)(?::\\s*|$)");

    /** What Java says of a word that it does not know. */
    private static final Pattern CONSTANT = Pattern.compile("No enum constant (?:[\\w$]+\\.)*([\\w$]+)");

    private Reason() {}

    /**
     * Names class and message of the failure and of its root cause, without line ends and other control characters.
     * Leaves out the query of every address, because that may be a secret (Azure's signatures).
     */
    public static String of(Throwable failure) {
        String reason = said(failure);
        Throwable first = first(failure);
        // Clients often say only that they failed; the root cause says why.
        if (first != failure && !reason.contains(String.valueOf(first.getMessage()))) {
            reason += " <- " + said(first);
        }
        return line(QUERY.matcher(reason).replaceAll("$1?..."));
    }

    /**
     * What the failure and its root cause say, without the names of classes. For what peers and operators do: their
     * reader has no source. What says nothing is named in words, {@code no such file}.
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

    /** The name of the class says it: {@code NoSuchFileException}. */
    private static String words(Throwable failure) {
        return failure.getClass()
                .getSimpleName()
                .replaceFirst("(?<=.)(Exception|Error)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** A text as one line of limited length, without control characters. */
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
