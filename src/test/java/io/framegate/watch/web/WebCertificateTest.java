package io.framegate.watch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.it.target.Certificate;
import io.framegate.settings.WebSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that cannot be served is refused with the property's name before anything listens. */
class WebCertificateTest {

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

    private static void assertRefused(Path certificatePem, Path keyPem, String property, String expected) {
        assertThatThrownBy(() -> WebCertificate.read(certificatePem, keyPem))
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
        assertThat(WebCertificate.read(certificate, key).validUntil()).isAfter(Instant.now());
        assertThat(WebCertificate.read(described, key).files()).containsExactly(described, key);
    }

    @Test
    void fileThatIsNotThereIsNamed() {
        Path missing = directory.resolve("missing.pem");
        assertRefused(missing, key, WebSettings.CERTIFICATE.name(), "a PEM file that can be read");
        assertRefused(certificate, missing, WebSettings.KEY.name(), "a PEM file that can be read");
        assertRefused(directory, key, WebSettings.CERTIFICATE.name(), "a PEM file that can be read");
    }

    @Test
    void fileOfAnotherKindIsNamed() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        Path cut = Files.writeString(
                directory.resolve("cut.pem"), Files.readString(certificate).substring(0, 200));
        Path encrypted = Files.writeString(
                directory.resolve("encrypted.pem"), Files.readString(key).replace("PRIVATE", "ENCRYPTED PRIVATE"));
        for (Path no : new Path[] {empty, cut, key}) {
            assertRefused(no, key, WebSettings.CERTIFICATE.name(), "a PEM file with the certificate");
        }
        for (Path no : new Path[] {empty, encrypted, certificate}) {
            assertRefused(certificate, no, WebSettings.KEY.name(), "a PEM file with the certificate's RSA or EC key");
        }
    }

    @Test
    void keyOfAnotherCertificateIsRefused() {
        assertRefused(certificate, otherKey, WebSettings.KEY.name(), "the key of " + certificate);
    }
}
