package io.framegate.intake.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.it.support.CertificateAuthority;
import io.framegate.it.target.Certificate;
import io.framegate.settings.Catalogue;
import io.framegate.settings.ListenerSettings;
import io.framegate.settings.SettingWarning;
import io.framegate.settings.Settings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys as tools write them; those that cannot be used are refused by the property's name. */
@Execution(ExecutionMode.CONCURRENT)
class TlsFilesTest {

    private static final String CERTIFICATE = "framegate.camera.tls.certificate";
    private static final String KEY = "framegate.camera.tls.key";
    private static final String CLIENT_CA = "framegate.camera.tls.client-ca";

    @TempDir
    private static Path directory = Path.of(".");

    private static Path certificate = Path.of(".");
    private static Path key = Path.of(".");
    private static Path otherKey = Path.of(".");

    @BeforeAll
    static void make() {
        Certificate one = Certificate.in(directory.resolve("one"));
        certificate = one.certificatePem();
        key = one.keyPem();
        otherKey = Certificate.in(directory.resolve("other")).keyPem();
    }

    private static PortCertificate read(Path certificatePem, Path keyPem, String... more) {
        Map<String, String> values = new HashMap<>(Catalogue.standard().defaults());
        values.put(CERTIFICATE, certificatePem.toString());
        values.put(KEY, keyPem.toString());
        for (int index = 0; index < more.length; index += 2) {
            values.put(more[index], more[index + 1]);
        }
        Settings settings = new Settings(Catalogue.standard(), values::get);
        return Objects.requireNonNull(TlsFiles.of(settings, ListenerSettings.CAMERA))
                .read();
    }

    private static void assertRefused(Path certificatePem, Path keyPem, String property, String expected) {
        assertThatThrownBy(() -> read(certificatePem, keyPem))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(property + ": ")
                .hasMessageContaining("(expected: " + expected)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void certificateAndItsKeyAreAcceptedAlsoBehindOtherText() throws IOException {
        Path described = Files.writeString(
                directory.resolve("described.pem"), "Bag Attributes\n  name: wall\n" + Files.readString(certificate));
        assertThat(read(certificate, key).validUntil()).isAfter(Instant.now());
        assertThat(read(described, key).chain()).hasSize(1);
    }

    @Test
    void fileThatIsNotThereIsNamed() {
        Path missing = directory.resolve("missing.pem");
        assertRefused(missing, key, CERTIFICATE, "a PEM file that can be read");
        assertRefused(certificate, missing, KEY, "a PEM file that can be read");
        assertRefused(directory, key, CERTIFICATE, "a PEM file that can be read");
    }

    @Test
    void fileOfAnotherKindIsNamed() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        Path cut = Files.writeString(
                directory.resolve("cut.pem"), Files.readString(certificate).substring(0, 200));
        Path encrypted = Files.writeString(
                directory.resolve("encrypted.pem"), Files.readString(key).replace("PRIVATE", "ENCRYPTED PRIVATE"));
        for (Path no : new Path[] {empty, cut, key}) {
            assertRefused(no, key, CERTIFICATE, "a PEM file with the certificate");
        }
        for (Path no : new Path[] {empty, encrypted, certificate}) {
            assertRefused(certificate, no, KEY, "a PEM file with the certificate's RSA or EC key");
        }
    }

    @Test
    void keyOfAnotherCertificateIsRefused() {
        assertRefused(certificate, otherKey, KEY, "the key of " + certificate);
    }

    /** One key as OpenSSL writes it. */
    private static final String PLAIN =
            """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjrQ+nP6aQ0lvyG4k
            Yo+sEVDI73yYlLA7nWZQRBLCpMuhRANCAASVc9EPPb0BsOjP78X7i7zFI2AvAdui
            t6SR64eEzSviplNWNmXzA3aYWyPudujuqTgBATh+7B5JIfXFT3vwig2G
            -----END PRIVATE KEY-----
            """;

    private static final String SEC1 =
            """
            -----BEGIN EC PARAMETERS-----
            BggqhkjOPQMBBw==
            -----END EC PARAMETERS-----
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEII60Ppz+mkNJb8huJGKPrBFQyO98mJSwO51mUEQSwqTLoAoGCCqGSM49
            AwEHoUQDQgAElXPRDz29AbDoz+/F+4u8xSNgLwHborekkeuHhM0r4qZTVjZl8wN2
            mFsj7nbo7qk4AQE4fuweSSH1xU978IoNhg==
            -----END EC PRIVATE KEY-----
            """;

    private static final String AES =
            """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjC8MgDicgQwgICCAAw
            DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEN0hZKZ1aG7svQliVNlLz7cEgZAq
            iNW5Qgyo86v7rYneC0/sK2DKcITsioke3n4N7/7HNXDQufMfrLs7WlZECDCAlUMC
            Zo/niEjfY7eDGIt4BcJs7YYaVNeOSMdVmOY7QTmvbbmCCEoRccJxDExOjYUkyi/G
            MBpI1OMTARXKtEX9wmsC0QXc6lbZ/C9v2p03AmZo8qs55Y0A3FaaIX/vFAxjeUo=
            -----END ENCRYPTED PRIVATE KEY-----
            """;

    private static final String TRIPLE_DES =
            """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIGxMBwGCiqGSIb3DQEMAQMwDgQIZBO0E2YRThwCAggABIGQtAJaoLBuyVsV9Frs
            x2IJigd9bi9pzwo9uO3/0qWLQy2ATj8DTV6Pf2UCvT8skusOrJZBVuSIaAI3iQFV
            kfjq8qGxpU+3JVu2FQv38UMfm4MEft7Kl40qP7G096Yb5ShToYPndZuPXAycEjts
            040cOkky2R56izW2tXVfOsuwR6meLDTH4FUQSdumYLw1sU5w
            -----END ENCRYPTED PRIVATE KEY-----
            """;

    private static BigInteger secret(String text, String password) throws IOException, GeneralSecurityException {
        Path file = Files.writeString(directory.resolve("text.pem"), text);
        PublicKey sameCurve = read(certificate, key).chain().get(0).getPublicKey();
        return ((ECPrivateKey) PemKey.read(Pem.read(file), sameCurve, password)).getS();
    }

    @Test
    void keyIsReadInEveryFormThatOpenSslWrites() throws IOException, GeneralSecurityException {
        BigInteger expected = secret(PLAIN, "");
        assertThat(secret(SEC1, "")).isEqualTo(expected);
        assertThat(secret(AES, "test-secret-key")).isEqualTo(expected);
        assertThat(secret(TRIPLE_DES, "test-secret-key")).isEqualTo(expected);
    }

    @Test
    void olderFormOfAnRsaKeyIsRead() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair pair = generator.generateKeyPair();
        byte[] whole = pair.getPrivate().getEncoded();
        byte[] older = Arrays.copyOfRange(whole, 26, whole.length);
        Path file =
                Files.writeString(directory.resolve("older.pem"), CertificateAuthority.pem("RSA PRIVATE KEY", older));
        assertThat(PemKey.read(Pem.read(file), pair.getPublic(), "")).isEqualTo(pair.getPrivate());
    }

    @Test
    void encryptedKeyNeedsItsPassword() throws IOException {
        Path encrypted = Files.writeString(directory.resolve("aes.pem"), AES);
        for (String password : new String[] {"", "test-secret-other"}) {
            assertThatThrownBy(() -> read(certificate, encrypted, "framegate.camera.tls.key-password", password))
                    .hasMessageStartingWith(KEY + ": ")
                    .hasMessageContaining("in framegate.camera.tls.key-password its password")
                    .message()
                    .doesNotContain("test-secret");
        }
    }

    private static Optional<String> warning(String keyPem, String password) {
        Map<String, String> values = new HashMap<>(Catalogue.standard().defaults());
        values.put(KEY, keyPem);
        values.put("framegate.camera.tls.key-password", password);
        return TlsFiles.warning(new Settings(Catalogue.standard(), values::get), ListenerSettings.CAMERA.tls())
                .map(SettingWarning::toString);
    }

    @Test
    void passwordThatNoKeyNeedsIsSaidAndNotShown() throws IOException {
        Path encrypted = Files.writeString(directory.resolve("with-password.pem"), AES);
        Path older = Files.writeString(directory.resolve("sec1.pem"), SEC1);
        assertThat(warning(encrypted.toString(), "test-secret-key")).isEmpty();
        assertThat(warning(key.toString(), "")).isEmpty();
        for (Path plain : List.of(key, older)) {
            assertThat(warning(plain.toString(), "test-secret-key"))
                    .contains("framegate.camera.tls.key-password: not used: " + plain
                            + " is not encrypted (expected: no password, or an encrypted key)");
        }
        assertThat(warning("", "test-secret-key"))
                .contains("framegate.camera.tls.key-password: without framegate.camera.tls.key (expected: no password,"
                        + " or an encrypted key)");
        assertThat(warning("missing.pem", "test-secret-key"))
                .as("reported as a problem")
                .isEmpty();
    }

    /** Bytes without an end, or with none before somebody writes: to read them whole would take for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/random", "fifo", "directory"})
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void fileThatIsNoRegularOneIsRefusedAtOnce(String name) throws Exception {
        Path file = name.startsWith("/") ? Path.of(name) : directory.resolve(name);
        if (name.equals("fifo")) {
            assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                    .isZero();
        } else if (name.equals("directory")) {
            Files.createDirectories(file);
        }
        String what = "a PEM file that can be read, no directory or device";
        assertRefused(file, key, CERTIFICATE, what);
        assertRefused(certificate, file, KEY, what);
        assertThatThrownBy(() -> read(certificate, key, CLIENT_CA, file.toString()))
                .hasMessage(CLIENT_CA + ": " + file + " (expected: " + what + ")");
    }

    @Test
    void hugeFileIsRefusedBeforeItIsRead() throws IOException {
        Path huge = directory.resolve("huge.pem");
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        assertRefused(certificate, huge, KEY, "a PEM file that can be read, no longer than 4 MB");
        assertRefused(huge, key, CERTIFICATE, "a PEM file that can be read, no longer than 4 MB");
    }

    @Test
    void certificatesOfClientsAreReadAsManyAsThereAre() throws IOException {
        String other =
                Files.readString(Certificate.in(directory.resolve("another")).certificatePem());
        Path both = Files.writeString(directory.resolve("both.pem"), Files.readString(certificate) + other);
        assertThat(read(certificate, key, CLIENT_CA, both.toString()).clientCas())
                .hasSize(2);
        assertThatThrownBy(() -> read(certificate, key, CLIENT_CA, key.toString()))
                .hasMessageStartingWith(CLIENT_CA + ": ")
                .hasMessageContaining("(expected: a PEM file with the certificates that clients' are signed with");
    }
}
