package io.framegate.intake.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of a port, and its renewal: reads the files again after they have changed. If the files do not fit,
 * because only one of them is written yet, the old certificate stays. Thread-safe.
 */
public final class CertificateRenewal {

    /** How often to look whether the files have changed. */
    public static final Duration PERIOD = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.tls");

    private final TlsFiles files;
    private List<Object> seen;
    private volatile PortCertificate current;
    private volatile @Nullable String problem;

    /** Reads the files; throws an {@link IllegalArgumentException} with one line if they cannot be used. */
    public CertificateRenewal(TlsFiles files) {
        this.files = files;
        seen = state();
        current = files.read();
    }

    /** The certificate to show. */
    public PortCertificate current() {
        return current;
    }

    /** The port, {@code framegate.camera}. */
    public String port() {
        return files.port();
    }

    /** Logs it if the certificate has expired. */
    public void warnOfExpiry() {
        Instant until = current.validUntil();
        if (until.isBefore(Instant.now())) {
            LOG.atWarn().addKeyValue("port", port()).addKeyValue("until", until).log("certificate has expired");
        }
    }

    /** Reads the files if they have changed, and gives the port the renewed certificate to show. */
    public synchronized void look(Consumer<PortCertificate> show) {
        List<Object> now = state();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            PortCertificate renewed = files.read();
            show.accept(renewed);
            current = renewed;
            problem = null;
            LOG.atInfo()
                    .addKeyValue("port", port())
                    .addKeyValue("until", renewed.validUntil())
                    .log("certificate renewed");
        } catch (IllegalArgumentException e) {
            problem = e.getMessage();
            LOG.atWarn()
                    .addKeyValue("port", port())
                    .addKeyValue("reason", e.getMessage())
                    .log("renewed certificate not usable, the old one stays");
        }
    }

    /** Why clients cannot connect, now or after the next start: files that cannot be used, an expired certificate. */
    public Optional<String> problem() {
        String unusable = problem;
        if (unusable != null) {
            return Optional.of("renewed certificate not usable, the old one stays: " + unusable);
        }
        Instant until = current.validUntil();
        return until.isBefore(Instant.now())
                ? Optional.of(port() + ": certificate has expired, it was valid until " + until)
                : Optional.empty();
    }

    /** Changes when a file does; also while one of them does not exist. */
    private List<Object> state() {
        List<Object> state = new ArrayList<>();
        for (Path file : files.all()) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                state.add(attributes.lastModifiedTime());
                state.add(attributes.size());
                state.add(String.valueOf(attributes.fileKey()));
            } catch (IOException e) {
                state.add("missing");
            }
        }
        return state;
    }
}
