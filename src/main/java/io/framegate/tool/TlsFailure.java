package io.framegate.tool;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/** Describes in one sentence why a TLS connection failed. Stateless. */
final class TlsFailure {

    /** Causes may form a cycle. */
    private static final int DEEPEST = 20;

    private TlsFailure() {}

    /** Returns a failure whose message is the sentence. */
    static SSLException of(HostPort to, Throwable failure) {
        return new SSLException("TLS: " + sentence(to, chain(failure)), failure);
    }

    /** Returns whether a failure after the handshake is a TLS failure. */
    static boolean isOne(Throwable failure) {
        return has(chain(failure), SSLException.class);
    }

    private static String sentence(HostPort to, List<Throwable> chain) {
        String root = chain.get(chain.size() - 1).getMessage();
        if (has(chain, CertificateException.class)) {
            return "certificate of " + to.host() + " not trusted, " + root
                    + " (expected: one for this host, signed by one in --tls-ca or, without it, in Java's trust store)";
        }
        if (has(chain, SslHandshakeTimeoutException.class)) {
            return "not spoken by " + to + ", which does not answer (expected: a port that speaks TLS)";
        }
        if (has(chain, NotSslRecordException.class)) {
            return "not spoken by " + to + " (expected: a port that speaks TLS)";
        }
        if (!has(chain, SSLException.class)) {
            return "not spoken by " + to + ", which closed the connection (expected: a port that speaks TLS)";
        }
        return "refused by " + to + ", " + root
                + " (expected: TLS 1.2 or 1.3, and a --tls-certificate that it trusts if it asks for one)";
    }

    private static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
        return chain.stream().anyMatch(type::isInstance);
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = failure; cause != null && chain.size() < DEEPEST; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }
}
