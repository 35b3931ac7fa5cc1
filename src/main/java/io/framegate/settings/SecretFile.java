package io.framegate.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file with the value of a property, or a part of it: {@code {{secret-file:/run/secrets/ftp-password}}}. The file is
 * UTF-8 and at most 64 KB long. One line break at its end is ignored.
 *
 * <p>Messages name the file and never show its content.
 */
public final class SecretFile {

    /** The name of the placeholder, before its colon. */
    public static final String FUNCTION = "secret-file";

    static final int MAX_LENGTH = 64 << 10;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{" + FUNCTION + ":(.*?)}}");

    private static final Pattern MISSPELT =
            Pattern.compile("\\{\\{\\s*(?!" + FUNCTION + ":)(?i:secret[-_. ]?files?)\\s*(?::|}})");

    private SecretFile() {}

    /** Returns whether the text contains a placeholder of this kind. */
    static boolean isIn(String text) {
        return PLACEHOLDER.matcher(text).find();
    }

    /** Returns whether the text contains a placeholder that is meant to be one of this kind. */
    static boolean isMisspeltIn(String text) {
        return MISSPELT.matcher(text).find();
    }

    /** Replaces each placeholder by the content of its file. Throws as {@link #read} does. */
    static String resolve(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(read(found.group(1))));
    }

    /**
     * Returns the content of a file.
     *
     * @throws IllegalArgumentException if the file cannot be read, is empty, or cannot be a secret
     */
    public static String read(String file) {
        Path path = path(file);
        byte[] bytes;
        // A pipe gives its bytes only once, and a device may never end.
        if (!Files.isRegularFile(path)) {
            throw refused(file, Files.exists(path) ? "a directory or device" : "not found");
        }
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MAX_LENGTH + 1);
        } catch (IOException e) {
            throw refused(file, "cannot be read");
        }
        if (bytes.length > MAX_LENGTH) {
            throw refused(file, "longer than 64KB");
        }
        return content(file, bytes);
    }

    private static Path path(String file) {
        try {
            return Path.of(file.strip());
        } catch (InvalidPathException e) {
            throw refused(file, "no path");
        }
    }

    private static String content(String file, byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(file, "not UTF-8");
        }
        String content = text.replaceFirst("^\uFEFF", "").replaceFirst("\r?\n\\z", "");
        if (content.isEmpty()) {
            // An empty password would let anyone log in.
            throw refused(file, "empty");
        }
        if (content.indexOf(0) >= 0) {
            throw refused(file, "has a NUL");
        }
        if (content.contains("{{") || content.contains("}}")) {
            throw refused(file, "has {{ or }}, which Camel would replace");
        }
        return content;
    }

    private static IllegalArgumentException refused(String file, String why) {
        return new IllegalArgumentException(FUNCTION + " " + file + ": " + why
                + " (expected: a file in UTF-8 with the value, that the gateway's user may read)");
    }
}
