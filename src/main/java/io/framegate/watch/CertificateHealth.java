package io.framegate.watch;

import io.framegate.intake.tls.CertificateRenewal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Health and metric of the ports' certificates: down while a renewed certificate cannot be used, or a certificate has
 * expired. Not part of the readiness, because the old certificate serves clients that still accept it.
 */
public final class CertificateHealth extends AbstractHealthCheck implements MeterBinder {

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

    private Set<CertificateRenewal> certificates() {
        return context.getRegistry().findByType(CertificateRenewal.class);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (CertificateRenewal certificate : certificates()) {
            TimeGauge.builder("framegate.certificate.expiry.timestamp", certificate, TimeUnit.SECONDS, shown ->
                            (double) shown.current().validUntil().getEpochSecond())
                    .description("Time when the certificate of the port expires, in seconds since 1970")
                    .tag("port", certificate.port())
                    .register(registry);
        }
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Set<CertificateRenewal> certificates = certificates();
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
