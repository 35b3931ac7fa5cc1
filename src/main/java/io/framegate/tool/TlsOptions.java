package io.framegate.tool;

import io.framegate.settings.SmallFile;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of commands that use TLS to a gateway or receiver. Also a bean for routes.
 *
 * <p>Each file implies TLS. The certificate of the gateway is always checked, with its host. For one thread.
 */
public final class TlsOptions {

    private boolean enabled;
    private @Nullable File ca;
    private @Nullable File certificate;
    private @Nullable File key;

    /** Sets whether to use TLS. */
    @Option(
            names = "--tls",
            description = "Speaks TLS. The certificate must be for the host of --to, and signed by an authority that"
                    + " Java trusts.")
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** Sets the PEM file with the certificates to trust instead of Java's. */
    @Option(
            names = "--tls-ca",
            paramLabel = "file",
            description = "Speaks TLS, and trusts the certificates in this PEM file instead.")
    public void setCa(@Nullable File ca) {
        this.ca = ca;
    }

    /** Sets the PEM file with the client certificate, followed by its chain. */
    @Option(
            names = "--tls-certificate",
            paramLabel = "file",
            description = "Speaks TLS, and shows the certificate in this PEM file; needs --tls-key.")
    public void setCertificate(@Nullable File certificate) {
        this.certificate = certificate;
    }

    /** Sets the PEM file with the key of that certificate. */
    @Option(
            names = "--tls-key",
            paramLabel = "file",
            description = "The key of that certificate: a PEM file, PKCS#8, not encrypted.")
    public void setKey(@Nullable File key) {
        this.key = key;
    }

    /**
     * Reads the files and returns the TLS context for connections, or null for plain TCP.
     *
     * @throws IllegalArgumentException with one line, if the options or files cannot be used
     */
    public @Nullable SslContext context() {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException(
                    "--tls-certificate and --tls-key: only one is given (expected: both or none)");
        }
        if (!enabled && ca == null && certificate == null) {
            return null;
        }
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .endpointIdentificationAlgorithm("HTTPS");
        if (ca != null) {
            trust(builder, ca);
        }
        if (certificate != null && key != null) {
            show(builder, certificate, key);
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("TLS: " + e.getMessage() + " (expected: a trust store of Java)", e);
        }
    }

    private static void trust(SslContextBuilder builder, File ca) {
        try {
            builder.trustManager(open(ca));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("--tls-ca: " + ca + " (expected: a PEM file with certificates)", e);
        }
    }

    private static void show(SslContextBuilder builder, File certificate, File key) {
        try {
            builder.keyManager(open(certificate), open(key));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--tls-certificate and --tls-key: " + certificate + ", " + key
                            + " (expected: a PEM file with the certificate, and one with its key, PKCS#8, not encrypted)",
                    e);
        }
    }

    private static InputStream open(File file) throws IOException {
        return new ByteArrayInputStream(SmallFile.read(file.toPath()));
    }
}
