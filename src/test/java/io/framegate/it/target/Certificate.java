package io.framegate.it.target;

import io.framegate.it.support.Keytool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for 127.0.0.1 that signs itself, made anew. */
public record Certificate(Path keyStore, Path trustStore) {

    public static final String PASSWORD = "test-secret-certificate";

    /** Makes one, in PKCS12 files in this directory. */
    public static Certificate in(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path keys = directory.resolve("key.p12");
        Path trusted = directory.resolve("trusted.p12");
        keytool(
                keys,
                "-genkeypair -keyalg EC -groupname secp256r1 -validity 2 -dname CN=127.0.0.1 -ext"
                        + " SAN=IP:127.0.0.1");
        keytool(keys, "-exportcert -rfc -file certificate.pem");
        keytool(trusted, "-importcert -noprompt -file certificate.pem");
        return new Certificate(keys, trusted);
    }

    private static void keytool(Path store, String arguments) {
        Keytool.run(store, PASSWORD, List.of((arguments + " -alias test").split(" ", -1)));
    }

    /** What a server needs that shows it. */
    public SSLContext context() {
        try {
            KeyStore keys = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate as a PEM file. */
    public Path certificatePem() {
        return keyStore.resolveSibling("certificate.pem");
    }

    /** Its key as a PEM file, PKCS#8. */
    public Path keyPem() {
        try {
            KeyStore keys = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
            byte[] key = keys.getKey("test", PASSWORD.toCharArray()).getEncoded();
            String pem = "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(key) + "\n-----END PRIVATE KEY-----\n";
            return Files.writeString(keyStore.resolveSibling("key.pem"), pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a client needs that trusts it alone. */
    public SSLContext clientContext() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(KeyStore.getInstance(trustStore.toFile(), PASSWORD.toCharArray()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
