package io.framegate.watch;

import io.framegate.intake.tls.CertificateRenewal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Health check: down while a port's renewed certificate cannot be used, or its certificate has expired. Not part of the
 * readiness, because the old certificate serves those who still accept it.
 */
public final class CertificateHealth extends AbstractHealthCheck {

    private final CamelContext context;

    /** Reports the certificates in the context's registry. */
    public CertificateHealth(CamelContext context) {
        super("framegate", "framegate-certificates");
        this.context = context;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Set<CertificateRenewal> certificates = context.getRegistry().findByType(CertificateRenewal.class);
        for (CertificateRenewal certificate : certificates) {
            Instant until = certificate.current().validUntil();
            builder.detail(certificate.port(), until.toString());
        }
        List<String> problems = certificates.stream()
                .map(CertificateRenewal::problem)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
        if (problems.isEmpty()) {
            builder.up();
        } else {
            builder.message(String.join("; ", problems)).down();
        }
    }
}
