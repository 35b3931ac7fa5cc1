package io.framegate.wire.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The one user and password that HTTP requests must carry (RFC 7617). Never shows the password. Thread-safe. */
public final class BasicCredentials {

    private final byte[] expected;

    /** Credentials of this user. */
    public BasicCredentials(String user, String password) {
        String pair = user + ":" + password;
        expected = ("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Whether an Authorization header holds these credentials; takes the same time wherever it differs. */
    boolean match(@Nullable String authorization) {
        return authorization != null && MessageDigest.isEqual(expected, authorization.getBytes(StandardCharsets.UTF_8));
    }
}
