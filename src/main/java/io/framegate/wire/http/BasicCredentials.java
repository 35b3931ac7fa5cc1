package io.framegate.wire.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The user and password that HTTP requests must carry (RFC 7617). Thread-safe. */
public final class BasicCredentials {

    private final byte[] expected;

    public BasicCredentials(String user, String password) {
        String pair = user + ":" + password;
        expected = ("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Compares an Authorization header with these credentials, in a time that does not depend on where they differ. */
    boolean match(@Nullable String authorization) {
        return authorization != null && MessageDigest.isEqual(expected, authorization.getBytes(StandardCharsets.UTF_8));
    }
}
