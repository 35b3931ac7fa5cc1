package io.framegate.watch.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The user and password (Basic, RFC 7617) and the token (Bearer, RFC 6750); a request needs one of the two. Has no
 * method that shows them. Immutable.
 */
public final class WebLogin {

    private final byte @Nullable [] basic;
    private final byte @Nullable [] bearer;

    /** Requires this user or this token. An empty one is not set; without both, every request is accepted. */
    public WebLogin(String user, String password, String token) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        basic = user.isEmpty() ? null : Base64.getEncoder().encode(pair);
        bearer = token.isEmpty() ? null : token.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether every request is accepted. */
    public boolean isOpen() {
        return basic == null && bearer == null;
    }

    /** Returns whether an Authorization header is valid. Compares in constant time. */
    boolean accepts(@Nullable String authorization) {
        if (isOpen()) {
            return true;
        }
        int space = authorization == null ? -1 : authorization.indexOf(' ');
        if (authorization == null || space < 0) {
            return false;
        }
        byte[] given = authorization.substring(space).strip().getBytes(StandardCharsets.UTF_8);
        byte[] expected =
                switch (authorization.substring(0, space).toLowerCase(Locale.ROOT)) {
                    case "basic" -> basic;
                    case "bearer" -> bearer;
                    default -> null;
                };
        return expected != null && MessageDigest.isEqual(expected, given);
    }

    /** The values of WWW-Authenticate. */
    List<String> challenges() {
        List<String> challenges = new ArrayList<>();
        if (basic != null) {
            challenges.add("Basic realm=\"Framegate\", charset=\"UTF-8\"");
        }
        if (bearer != null) {
            challenges.add("Bearer realm=\"Framegate\"");
        }
        return challenges;
    }
}
