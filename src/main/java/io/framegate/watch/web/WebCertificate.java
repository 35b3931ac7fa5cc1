package io.framegate.watch.web;

import io.framegate.settings.SettingException;
import io.framegate.settings.WebSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.X509KeyManager;

/**
 * A certificate and its private key from two PEM files, as certbot, step and OpenSSL write them: the certificate
 * followed by its chain; an RSA or EC key, PKCS#8 or PKCS#1, not encrypted. Immutable.
 */
public final class WebCertificate {

    private static final String CERTIFICATE = WebSettings.CERTIFICATE.name();
    private static final String KEY = WebSettings.KEY.name();

    private final List<Path> files;
    private final PemKeyCertOptions pem;
    private final X509Certificate own;

    private WebCertificate(List<Path> files, PemKeyCertOptions pem, X509Certificate own) {
        this.files = files;
        this.pem = pem;
        this.own = own;
    }

    /**
     * Reads both files.
     *
     * @throws IllegalArgumentException with one line and the property's name, if they cannot be used
     */
    public static WebCertificate read(Path certificate, Path key) {
        Buffer certificatePem = content(CERTIFICATE, certificate);
        PemKeyCertOptions pem =
                new PemKeyCertOptions().setCertValue(certificatePem).setKeyValue(content(KEY, key));
        X509Certificate own = own(certificate, certificatePem);
        PublicKey publicKey = own.getPublicKey();
        PrivateKey privateKey = key(key, pem, publicKey.getAlgorithm());
        if (!belong(publicKey, privateKey)) {
            throw new SettingException(KEY, key + " (expected: the key of " + certificate + ")");
        }
        return new WebCertificate(List.of(certificate, key), pem, own);
    }

    private static Buffer content(String property, Path file) {
        try {
            return Buffer.buffer(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new SettingException(property, file + " (expected: a PEM file that can be read)");
        }
    }

    private static X509Certificate own(Path file, Buffer pem) {
        try {
            // Java also reads other encodings, which the server does not.
            if (pem.toString(StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE-----")) {
                return (X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes()));
            }
        } catch (GeneralSecurityException e) {
            // Reported below.
        }
        throw new SettingException(
                CERTIFICATE, file + " (expected: a PEM file with the certificate, followed by its chain)");
    }

    private static PrivateKey key(Path file, PemKeyCertOptions pem, String algorithm) {
        try {
            X509KeyManager keys =
                    (X509KeyManager) pem.getKeyManagerFactory(null).getKeyManagers()[0];
            return keys.getPrivateKey(keys.getServerAliases(algorithm, null)[0]);
        } catch (Exception e) {
            throw new SettingException(
                    KEY, file + " (expected: a PEM file with the certificate's RSA or EC key, not encrypted)");
        }
    }

    private static boolean belong(PublicKey publicKey, PrivateKey privateKey) {
        try {
            Signature signature =
                    Signature.getInstance(publicKey.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(privateKey);
            signature.update((byte) 1);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update((byte) 1);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The time at which the certificate expires. */
    public Instant validUntil() {
        return own.getNotAfter().toInstant();
    }

    List<Path> files() {
        return files;
    }

    /** Reads the same files again. */
    WebCertificate readAgain() {
        return read(files.get(0), files.get(1));
    }

    PemKeyCertOptions options() {
        return pem;
    }
}
