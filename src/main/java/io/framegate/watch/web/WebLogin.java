package io.framegate.watch.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one user and password (Basic, RFC 7617) and the one token (Bearer, RFC 6750) that requests must carry; either is enough. Never
 * shows them. Thread-safe.
 */
public final class WebLogin {

    private final byte @Nullable [] basic;
    private final byte @Nullable [] bearer;

    /** Of this user and of this token; an empty one is none, and without either everybody is let in. */
    public WebLogin(String user, String password, String token) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        basic = user.isEmpty() ? null : Base64.getEncoder().encode(pair);
        bearer = token.isEmpty() ? null : token.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether everybody is let in. */
    public boolean isOpen() {
        return basic == null && bearer == null;
    }

    /** Whether an Authorization header is enough. Takes the same time wherever it differs. */
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

    /** What WWW-Authenticate says. */
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
