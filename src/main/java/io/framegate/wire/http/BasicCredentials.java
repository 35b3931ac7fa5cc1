package io.framegate.wire.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/** The user and password that HTTP requests must carry (RFC 7617). Thread-safe. */
final class BasicCredentials {

    /** Case-insensitive (RFC 7235, 2.1). */
    private static final String SCHEME = "Basic ";

    private final byte[] expected;

    BasicCredentials(String user, String password) {
        String pair = user + ":" + password;
        expected = Base64.getEncoder().encode(pair.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Compares an Authorization header with these credentials, in a time that does not depend on the position of a
     * difference.
     */
    boolean match(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] sent = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, sent);
    }
}
