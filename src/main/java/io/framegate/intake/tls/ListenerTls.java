package io.framegate.intake.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * TLS 1.2 and 1.3 for the connections of a listener. New connections get the newest certificate, and open ones keep
 * theirs. camel-netty's own TLS options read the certificate once, when the route starts: a renewal would close the
 * listener and all its connections. Thread-safe.
 */
public final class ListenerTls {

    /** The bytes of Java's state of a connection and of an incomplete TLS record. */
    private static final int CONNECTION_COST = 64 << 10;

    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    private final CertificateRenewal renewal;
    private volatile SslContext context;

    /** Reads the files; throws an {@link IllegalArgumentException} with one line if they cannot be used. */
    public ListenerTls(TlsFiles files) {
        renewal = new CertificateRenewal(files);
        context = context(renewal.current());
    }

    private static SslContext context(PortCertificate certificate) {
        X509Certificate[] clientCas = certificate.clientCas().toArray(X509Certificate[]::new);
        SslContextBuilder builder = SslContextBuilder.forServer(certificate.key(), certificate.chain())
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                // Java would keep 20480 sessions.
                .sessionCacheSize(1000)
                // Forward secrecy: a key that is stolen later does not decrypt recorded traffic.
                .ciphers(null, (asked, standard, supported) -> standard.stream()
                        .filter(cipher -> supported.contains(cipher) && !cipher.startsWith("TLS_RSA_"))
                        .toArray(String[]::new));
        if (clientCas.length > 0) {
            builder.trustManager(clientCas).clientAuth(ClientAuth.REQUIRE);
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Checks for renewed files until the executor is shut down. */
    public void follow(ScheduledExecutorService executor) {
        renewal.warnOfExpiry();
        long period = CertificateRenewal.PERIOD.toMillis();
        executor.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    /** Renews the certificate if its files have changed. A new context also forgets the sessions of the old one. */
    private void look() {
        renewal.look(renewed -> context = context(renewed));
    }

    public CertificateRenewal renewal() {
        return renewal;
    }

    /** The number of connections whose TLS uses a quarter of the heap. */
    public static int maxConnections() {
        return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 4 / CONNECTION_COST);
    }

    /** The TLS of one new connection. */
    public TlsRecords newHandler(ByteBufAllocator allocator) {
        TlsRecords handler = new TlsRecords(context.newEngine(allocator));
        handler.setHandshakeTimeoutMillis(HANDSHAKE_TIMEOUT.toMillis());
        return handler;
    }
}
