package io.framegate.intake.tls;

import io.framegate.settings.ListenerSettings;
import io.framegate.settings.Setting;
import io.framegate.settings.SettingException;
import io.framegate.settings.SettingWarning;
import io.framegate.settings.Settings;
import io.framegate.settings.SmallFile;
import io.framegate.settings.TlsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The PEM files that a port's properties name. Immutable. */
public final class TlsFiles {

    private final TlsSettings names;
    private final Path certificate;
    private final Path key;
    private final String password;
    private final @Nullable Setting<String> clientCaName;
    private final @Nullable Path clientCa;

    private TlsFiles(
            Settings settings, TlsSettings names, @Nullable Setting<String> clientCaName, @Nullable Path clientCa) {
        this.names = names;
        this.certificate = Path.of(settings.get(names.certificate()));
        this.key = Path.of(settings.get(names.key()));
        this.password = settings.get(names.keyPassword());
        this.clientCaName = clientCaName;
        this.clientCa = clientCa;
    }

    /** The files of a port whose clients need no certificate; null for a port without TLS. */
    public static @Nullable TlsFiles of(Settings settings, TlsSettings names) {
        return settings.get(names.certificate()).isBlank() ? null : new TlsFiles(settings, names, null, null);
    }

    /** The files of a listener; null for one without TLS. */
    public static @Nullable TlsFiles of(Settings settings, ListenerSettings names) {
        if (settings.get(names.tls().certificate()).isBlank()) {
            return null;
        }
        String clientCa = settings.get(names.clientCa());
        return new TlsFiles(settings, names.tls(), names.clientCa(), clientCa.isBlank() ? null : Path.of(clientCa));
    }

    /** Warns of a password that no key needs: the operator may believe that the file is encrypted. */
    public static Optional<SettingWarning> warning(Settings settings, TlsSettings names) {
        if (settings.get(names.keyPassword()).isEmpty()) {
            return Optional.empty();
        }
        String key = settings.get(names.key());
        String reason = key.isBlank() ? "without " + names.key().name() : "not used: " + key + " is not encrypted";
        return !key.isBlank() && isEncrypted(Path.of(key))
                ? Optional.empty()
                : Optional.of(new SettingWarning(
                        names.keyPassword().name(), reason + " (expected: no password, or an encrypted key)"));
    }

    /** Whether the key is encrypted. Returns true if the file cannot be read, which is reported elsewhere. */
    private static boolean isEncrypted(Path key) {
        try {
            return PemKey.isEncrypted(Pem.read(key));
        } catch (IOException e) {
            return true;
        }
    }

    /** The port, for the log: {@code framegate.camera}. */
    String port() {
        return names.certificate().name().replace(".tls.certificate", "");
    }

    List<Path> all() {
        List<Path> files = new ArrayList<>(List.of(certificate, key));
        if (clientCa != null) {
            files.add(clientCa);
        }
        return files;
    }

    /**
     * Reads the files.
     *
     * @throws SettingException with one line and the property's name, if they cannot be used
     */
    PortCertificate read() {
        List<X509Certificate> chain =
                certificates(names.certificate(), certificate, "the certificate, followed by its chain");
        X509Certificate own = chain.get(0);
        PrivateKey secret = privateKey(own);
        List<X509Certificate> clientCas = clientCaName == null || clientCa == null
                ? List.of()
                : certificates(clientCaName, clientCa, "the certificates that clients' are signed with");
        return new PortCertificate(chain, secret, clientCas);
    }

    private PrivateKey privateKey(X509Certificate own) {
        Pem pem = pem(names.key(), key);
        try {
            PrivateKey secret = PemKey.read(pem, own.getPublicKey(), password);
            if (PemKey.belongs(secret, own.getPublicKey())) {
                return secret;
            }
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new SettingException(
                    names.key().name(),
                    key + " (expected: a PEM file with the certificate's RSA or EC key, and in "
                            + names.keyPassword().name() + " its password if it is encrypted)");
        }
        throw new SettingException(names.key().name(), key + " (expected: the key of " + certificate + ")");
    }

    private static List<X509Certificate> certificates(Setting<String> setting, Path file, String what) {
        Pem pem = pem(setting, file);
        List<X509Certificate> certificates = List.of();
        try {
            certificates = pem.certificates();
        } catch (GeneralSecurityException e) {
            // Reported below.
        }
        if (certificates.isEmpty()) {
            throw new SettingException(setting.name(), file + " (expected: a PEM file with " + what + ")");
        }
        return certificates;
    }

    private static Pem pem(Setting<String> setting, Path file) {
        try {
            return Pem.read(file);
        } catch (IOException e) {
            String more = e instanceof SmallFile.RefusedException ? ", " + e.getMessage() : "";
            throw new SettingException(setting.name(), file + " (expected: a PEM file that can be read" + more + ")");
        }
    }
}
