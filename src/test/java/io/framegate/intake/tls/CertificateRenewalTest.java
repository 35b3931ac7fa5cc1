package io.framegate.intake.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.CertificateAuthority;
import io.framegate.it.support.CertificateAuthority.Signed;
import io.framegate.routes.CapturedLog;
import io.framegate.settings.Catalogue;
import io.framegate.settings.ListenerSettings;
import io.framegate.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A renewal never takes a valid certificate away. */
// Other tests renew certificates, whose lines are in the same log.
@Isolated
class CertificateRenewalTest {

    @TempDir
    private static Path authorities = Path.of(".");

    private static CertificateAuthority authority;
    private static Signed first;

    @TempDir
    private Path directory = Path.of(".");

    private final CapturedLog log = CapturedLog.of("io.framegate.tls");
    private final List<PortCertificate> shown = new ArrayList<>();
    private Instant now = Instant.now();

    @SuppressWarnings("NullAway.Init")
    private CertificateRenewal renewal;

    @BeforeAll
    static void sign() {
        authority = CertificateAuthority.in(authorities);
        first = authority.sign("first");
    }

    @BeforeEach
    void read() {
        install(first);
        Map<String, String> values = new HashMap<>(Catalogue.standard().defaults());
        values.put(
                "framegate.camera.tls.certificate",
                directory.resolve("port.pem").toString());
        values.put("framegate.camera.tls.key", directory.resolve("key.pem").toString());
        TlsFiles files = TlsFiles.of(new Settings(Catalogue.standard(), values::get), ListenerSettings.CAMERA);
        renewal = new CertificateRenewal(Objects.requireNonNull(files), () -> now);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void install(Signed signed) {
        try {
            Files.copy(signed.certificate(), directory.resolve("port.pem"), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(signed.key(), directory.resolve("key.pem"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String name() {
        return renewal.current().chain().get(0).getSubjectX500Principal().getName();
    }

    @Test
    void expiredCertificateDoesNotReplaceAValidOne() {
        install(authority.signExpired("expired"));
        renewal.look(shown::add);
        renewal.look(shown::add);
        assertThat(shown).isEmpty();
        assertThat(name()).startsWith("CN=first,");
        assertThat(renewal.problem().orElse(""))
                .startsWith("renewed certificate not usable, the old one stays: framegate.camera: it has expired");
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("ERROR renewed certificate not valid, the old one stays port=framegate.camera reason=it has"
                        + " expired, it was valid until ");
        install(authority.sign("second"));
        now = Instant.now();
        renewal.look(shown::add);
        assertThat(name()).startsWith("CN=second,");
        assertThat(renewal.problem()).isEmpty();
    }

    @Test
    void certificateOfTomorrowIsShownFromThenOn() {
        install(authority.signForLater("later"));
        renewal.look(shown::add);
        assertThat(name()).startsWith("CN=first,");
        assertThat(renewal.problem().orElse("")).contains("it is not valid yet, it will be from ");
        now = now.plus(Duration.ofDays(3));
        renewal.look(shown::add);
        assertThat(name()).startsWith("CN=later,");
        assertThat(renewal.problem()).isEmpty();
        assertThat(shown).hasSize(1);
        assertThat(log.lines()).hasSize(2);
    }

    /** Neither is valid, and the operator has chosen the new one. */
    @Test
    void certificateThatHasExpiredIsReplacedByAny() {
        now = now.plus(Duration.ofDays(100));
        install(authority.sign("third"));
        renewal.look(shown::add);
        assertThat(name()).startsWith("CN=third,");
        assertThat(renewal.problem().orElse("")).contains("framegate.camera: certificate has expired");
    }
}
