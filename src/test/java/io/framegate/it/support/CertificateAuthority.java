package io.framegate.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A certificate authority made anew, which signs certificates of gateways and cameras with the JDK's keytool. */
public final class CertificateAuthority {

    private static final String PASSWORD = "test-secret-authority";

    private final Path directory;
    private final Path store;

    /** A certificate with its key, in PEM files. */
    public record Signed(Path certificate, Path key, KeyStore store) {}

    private CertificateAuthority(Path directory) {
        this.directory = directory;
        this.store = directory.resolve("authority.p12");
    }

    /** Makes one, with its files in this directory. */
    public static CertificateAuthority in(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CertificateAuthority made = new CertificateAuthority(directory);
        made.makeKeys("authority", List.of("-dname", "CN=Test", "-ext", "bc:c", "-validity", "30"));
        made.write("authority");
        return made;
    }

    /** Its own certificate as a PEM file. */
    public Path certificate() {
        return directory.resolve("authority.pem");
    }

    /** Signs a certificate for 127.0.0.1. */
    public Signed sign(String name) {
        return sign(name, "-validity", "2");
    }

    /** Signs a certificate whose last day was yesterday. */
    public Signed signExpired(String name) {
        return sign(name, "-startdate", "-3d", "-validity", "2");
    }

    /** Signs a certificate whose first day is the day after tomorrow. */
    public Signed signForLater(String name) {
        return sign(name, "-startdate", "+2d", "-validity", "2");
    }

    private Signed sign(String name, String... options) {
        List<String> arguments = new ArrayList<>(Arrays.asList(options));
        arguments.addAll(List.of("-signer", "authority", "-dname", "CN=" + name + ",O=Test"));
        arguments.addAll(List.of("-ext", "SAN=IP:127.0.0.1"));
        makeKeys(name, arguments);
        return write(name);
    }

    private Signed write(String name) {
        try {
            KeyStore all = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            PrivateKey key = (PrivateKey) all.getKey(name, PASSWORD.toCharArray());
            Certificate[] chain = all.getCertificateChain(name);
            StringBuilder pem = new StringBuilder();
            for (Certificate certificate : chain) {
                pem.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            // JKS, because PKCS12 hashes the password 10,000 times.
            KeyStore own = KeyStore.getInstance("JKS");
            own.load(null, null);
            own.setKeyEntry(name, key, PASSWORD.toCharArray(), chain);
            return new Signed(
                    Files.writeString(directory.resolve(name + ".pem"), pem),
                    Files.writeString(directory.resolve(name + "-key.pem"), pem("PRIVATE KEY", key.getEncoded())),
                    own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A block of a PEM file. */
    public static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
    }

    /** What a client needs that trusts this authority alone, and shows this certificate if it has one. */
    public SSLContext client(@Nullable Signed shown) {
        try {
            KeyStore all = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", all.getCertificate("authority"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyManager[] keys = null;
            if (shown != null) {
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(shown.store(), PASSWORD.toCharArray());
                keys = factory.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void makeKeys(String name, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("-genkeypair", "-alias", name));
        all.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        all.addAll(arguments);
        Keytool.run(store, PASSWORD, all);
    }
}
