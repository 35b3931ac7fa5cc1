package io.framegate.it.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
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
            Path keys = directory.resolve("key.p12");
            Path trusted = directory.resolve("trusted.p12");
            keytool(
                    directory,
                    keys,
                    "-genkeypair -keyalg EC -groupname secp256r1 -validity 2 -dname CN=127.0.0.1 -ext"
                            + " SAN=IP:127.0.0.1");
            keytool(directory, keys, "-exportcert -rfc -file certificate.pem");
            keytool(directory, trusted, "-importcert -noprompt -file certificate.pem");
            return new Certificate(keys, trusted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    private static void keytool(Path directory, Path store, String arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ", -1)));
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of("-alias", "test", "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", store.getFileName().toString()));
        Path log = directory.resolve("keytool.log");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("keytool: " + Files.readString(log));
        }
    }
}
