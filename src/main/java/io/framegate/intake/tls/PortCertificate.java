package io.framegate.intake.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a port presents in a TLS handshake, its key, and the authorities that the port trusts.
 * Immutable.
 *
 * @param chain the port's certificate, followed by the certificates of its issuers
 * @param clientCas the certificates of the authorities that sign client certificates; empty if clients need none
 */
public record PortCertificate(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientCas) {

    /** The time at which the certificate expires. */
    public Instant validUntil() {
        return chain.get(0).getNotAfter().toInstant();
    }

    /** The reason for which clients that check the certificate refuse it at this time; null if it is valid. */
    @Nullable
    String invalid(Instant now) {
        Instant from = chain.get(0).getNotBefore().toInstant();
        if (validUntil().isBefore(now)) {
            return "has expired, it was valid until " + validUntil();
        }
        return from.isAfter(now) ? "is not valid yet, it will be from " + from : null;
    }

    /** The certificate and its key for a TLS implementation. */
    public KeyManagerFactory keyManagers() {
        char[] password = {};
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry("port", key, password, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
