package io.framegate.wire.http;

import io.framegate.wire.http.HttpLogin.Verdict;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * The user and password of HTTP Digest requests (RFC 7616), with MD5 and SHA-256, and {@code qop=auth}. MD5 is offered
 * first, because firmware uses the first challenge and may support nothing else. Thread-safe.
 */
final class DigestCredentials {

    private static final List<String> ALGORITHMS = List.of("MD5", "SHA-256");
    private static final Pattern COUNT = Pattern.compile("[0-9A-Fa-f]{8}");

    private final String user;
    private final String password;
    private final DigestNonces nonces;

    DigestCredentials(String user, String password, LongSupplier nanos) {
        this.user = user;
        this.password = password;
        nonces = new DigestNonces(nanos);
    }

    /**
     * The challenges, one for each algorithm.
     *
     * @param stale whether the request had the right password, so that the client does not ask its user for it again
     */
    List<String> challenges(boolean stale) {
        String nonce = nonces.next();
        return ALGORITHMS.stream()
                .map(algorithm -> "Digest realm=\"" + HttpLogin.REALM + "\", qop=\"auth\", algorithm=" + algorithm
                        + ", nonce=\"" + nonce + "\"" + (stale ? ", stale=true" : ""))
                .toList();
    }

    /** Checks the parameters of an Authorization header. */
    Verdict check(HttpRequest request, String parameters) {
        Map<String, String> sent = DigestParameters.parse(parameters);
        if (sent == null) {
            return Verdict.WRONG;
        }
        String nonce = sent.getOrDefault("nonce", "");
        if (nonce.isEmpty()) {
            // Firmware sends empty parameters before it has a challenge. They are not a wrong password.
            return Verdict.MISSING;
        }
        String count = sent.getOrDefault("nc", "");
        if (!COUNT.matcher(count).matches() || !isRight(request, sent)) {
            return Verdict.WRONG;
        }
        // The password is right, so the state of the nonce reveals nothing to a guesser.
        return nonces.use(nonce, HexFormat.fromHexDigitsToLong(count)) ? Verdict.RIGHT : Verdict.STALE;
    }

    private boolean isRight(HttpRequest request, Map<String, String> sent) {
        String algorithm = sent.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
        String uri = sent.getOrDefault("uri", "");
        String cnonce = sent.getOrDefault("cnonce", "");
        if (!ALGORITHMS.contains(algorithm)
                || !sent.getOrDefault("qop", "").equalsIgnoreCase("auth")
                || cnonce.isEmpty()
                || !RequestTarget.origin(uri).equals(RequestTarget.origin(request.uri()))) {
            return false;
        }
        MessageDigest digest = digest(algorithm);
        String secret = hash(digest, bytes(user + ":" + HttpLogin.REALM + ":" + password));
        String asked = hash(digest, asSent(request.method().name() + ":" + uri));
        String expected = hash(
                digest,
                asSent(String.join(
                        ":", secret, sent.getOrDefault("nonce", ""), sent.get("nc"), cnonce, sent.get("qop"), asked)));
        boolean sameUser = MessageDigest.isEqual(bytes(user), asSent(sent.getOrDefault("username", "")));
        String response = sent.getOrDefault("response", "").toLowerCase(Locale.ROOT);
        return MessageDigest.isEqual(bytes(expected), asSent(response)) && sameUser;
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static String hash(MessageDigest digest, byte[] bytes) {
        return HexFormat.of().formatHex(digest.digest(bytes));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes of a text of the request, which Netty reads as Latin-1. */
    private static byte[] asSent(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
