package io.framegate.wire.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client of Digest knows, and the header that it sends. */
record Digest(String algorithm, String user, String password, String uri, String nonce, int count) {

    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]+)\"");

    /** Answers the challenge in a response. */
    static Digest of(String challenged, String algorithm, String password) {
        Matcher nonce = NONCE.matcher(challenged);
        if (!nonce.find()) {
            throw new AssertionError("no nonce in: " + challenged);
        }
        return new Digest(algorithm, "cam", password, "/API", nonce.group(1), 1);
    }

    Digest withCount(int other) {
        return new Digest(algorithm, user, password, uri, nonce, other);
    }

    Digest withUri(String other) {
        return new Digest(algorithm, user, password, other, nonce, count);
    }

    Digest withNonce(String other) {
        return new Digest(algorithm, user, password, uri, other, count);
    }

    Digest withUser(String other) {
        return new Digest(algorithm, other, password, uri, nonce, count);
    }

    /** The header line of a POST. */
    String header() {
        return String.format(
                Locale.ROOT,
                "Authorization: Digest username=\"%s\", realm=\"framegate\", nonce=\"%s\", uri=\"%s\", algorithm=%s,"
                        + " qop=auth, nc=%08x, cnonce=\"0a4f113b\", response=\"%s\"",
                user,
                nonce,
                uri,
                algorithm,
                count,
                response());
    }

    private String response() {
        String secret = hash(user + ":framegate:" + password);
        return hash(secret + ":" + nonce + ":" + String.format(Locale.ROOT, "%08x", count) + ":0a4f113b:auth:"
                + hash("POST:" + uri));
    }

    private String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
