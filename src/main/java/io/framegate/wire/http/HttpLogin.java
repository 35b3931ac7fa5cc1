package io.framegate.wire.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks the user and password of a listener's HTTP requests, by Basic (RFC 7617) or Digest (RFC 7616).
 *
 * <p>A Digest client needs a {@code 401} answer before it can log in, and another one when its nonce is too old. Such
 * an answer is not a reject. After sixteen such answers without a login, an address is rejected, so a camera without a
 * password appears in the log. Remembers 1024 addresses. Thread-safe.
 */
public final class HttpLogin {

    static final String REALM = "framegate";
    static final int MAX_UNANSWERED = 16;

    private static final int MAX_ADDRESSES = 1024;
    private static final String DIGEST = "Digest";

    /** The verdict on the Authorization header of a request. */
    enum Verdict {
        RIGHT,
        /** The request contains no credentials. */
        MISSING,
        /** The password is right, but the nonce has expired or was used. */
        STALE,
        WRONG
    }

    /**
     * The reason for a {@code 401} answer.
     *
     * @param reject the detail of the reject, or null if the answer only contains the login challenges
     * @param stale whether the password was right
     */
    record Refusal(@Nullable String reject, boolean stale) {}

    private final BasicCredentials basic;
    private final DigestCredentials digest;
    private final Map<String, Integer> unanswered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    /**
     * Creates the login of a listener.
     *
     * @param nanos a monotonic clock in nanoseconds, for the age of nonces
     */
    public HttpLogin(String user, String password, LongSupplier nanos) {
        basic = new BasicCredentials(user, password);
        digest = new DigestCredentials(user, password, nanos);
    }

    /** The refusal of a request from this address; null if user and password are right. */
    @Nullable
    Refusal refusal(HttpRequest request, String host) {
        return switch (check(request)) {
            case RIGHT -> {
                loggedIn(host);
                yield null;
            }
            case STALE -> new Refusal(null, true);
            case WRONG -> new Refusal("user or password wrong (expected: Basic, or Digest with qop=auth)", false);
            case MISSING ->
                new Refusal(
                        isUnansweredTooOften(host)
                                ? "user and password missing after " + MAX_UNANSWERED
                                        + " answers 401 (expected: Basic or Digest)"
                                : null,
                        false);
        };
    }

    private Verdict check(HttpRequest request) {
        String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        if (authorization == null || authorization.isEmpty()) {
            return Verdict.MISSING;
        }
        String[] words = authorization.split(" ", 2);
        if (words[0].equalsIgnoreCase(DIGEST)) {
            return digest.check(request, words.length < 2 ? "" : words[1]);
        }
        return basic.match(authorization) ? Verdict.RIGHT : Verdict.WRONG;
    }

    private void loggedIn(String host) {
        synchronized (unanswered) {
            unanswered.remove(host);
        }
    }

    private boolean isUnansweredTooOften(String host) {
        synchronized (unanswered) {
            return unanswered.merge(host, 1, (before, one) -> Math.min(before, MAX_UNANSWERED) + one) > MAX_UNANSWERED;
        }
    }

    /**
     * The values of {@code WWW-Authenticate} in an answer. Digest is first, because it does not reveal the password.
     */
    List<String> challenges(boolean stale) {
        List<String> challenges = new ArrayList<>(digest.challenges(stale));
        challenges.add("Basic realm=\"" + REALM + "\", charset=\"UTF-8\"");
        return challenges;
    }
}
