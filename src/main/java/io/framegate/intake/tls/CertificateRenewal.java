package io.framegate.intake.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the certificate of a port, and reads the files again after they have changed. If the files do not match,
 * because only one of them is written yet, the old certificate stays in use. It also stays in use while it is valid and
 * the new one is not: a certificate that is valid from tomorrow on is presented from tomorrow on. Thread-safe.
 */
public final class CertificateRenewal {

    /** The time between two checks whether the files have changed. */
    public static final Duration PERIOD = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.tls");

    private final TlsFiles files;
    private final InstantSource clock;
    private List<Object> seen;
    private @Nullable PortCertificate waiting;
    private volatile PortCertificate current;
    private volatile @Nullable String problem;

    /** Reads the files; throws an {@link IllegalArgumentException} with one line if they cannot be used. */
    public CertificateRenewal(TlsFiles files) {
        this(files, InstantSource.system());
    }

    CertificateRenewal(TlsFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
        seen = state();
        current = files.read();
    }

    /** The certificate that the port presents now. */
    public PortCertificate current() {
        return current;
    }

    /** The port, {@code framegate.camera}. */
    public String port() {
        return files.port();
    }

    /** Logs a warning if the certificate is not valid now. */
    public void warnOfExpiry() {
        String invalid = current.invalid(clock.instant());
        if (invalid != null) {
            LOG.atWarn().addKeyValue("port", port()).log("certificate {}", invalid);
        }
    }

    /** Reads the files if they have changed, and passes the renewed certificate to the port. */
    public synchronized void look(Consumer<PortCertificate> show) {
        List<Object> now = state();
        try {
            if (!now.equals(seen)) {
                seen = now;
                waiting = null;
                renew(files.read(), show);
            } else if (waiting != null && waiting.invalid(clock.instant()) == null) {
                show(waiting, show);
            }
        } catch (IllegalArgumentException e) {
            problem = e.getMessage();
            LOG.atWarn()
                    .addKeyValue("port", port())
                    .addKeyValue("reason", e.getMessage())
                    .log("renewed certificate not usable, the old one stays");
        }
    }

    private void renew(PortCertificate renewed, Consumer<PortCertificate> show) {
        Instant now = clock.instant();
        String invalid = renewed.invalid(now);
        if (invalid == null || current.invalid(now) != null) {
            show(renewed, show);
            return;
        }
        waiting = renewed;
        problem = port() + ": it " + invalid;
        LOG.atError()
                .addKeyValue("port", port())
                .addKeyValue("reason", "it " + invalid)
                .addKeyValue("until", current.validUntil())
                .log("renewed certificate not valid, the old one stays");
    }

    private void show(PortCertificate renewed, Consumer<PortCertificate> show) {
        show.accept(renewed);
        current = renewed;
        waiting = null;
        problem = null;
        LOG.atInfo()
                .addKeyValue("port", port())
                .addKeyValue("until", renewed.validUntil())
                .log("certificate renewed");
        warnOfExpiry();
    }

    /**
     * The reason for which clients cannot connect, now or after the next start: unusable files, or a certificate that
     * is not valid.
     */
    public Optional<String> problem() {
        String unusable = problem;
        if (unusable != null) {
            return Optional.of("renewed certificate not usable, the old one stays: " + unusable);
        }
        String invalid = current.invalid(clock.instant());
        return invalid == null ? Optional.empty() : Optional.of(port() + ": certificate " + invalid);
    }

    /** A value that changes when a file changes, even while one of the files does not exist. */
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
