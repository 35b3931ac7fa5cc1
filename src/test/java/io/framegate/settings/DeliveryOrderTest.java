package io.framegate.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A target can wait for another one that is on, and not for itself. */
@Execution(ExecutionMode.CONCURRENT)
class DeliveryOrderTest {

    private final Map<String, String> values =
            new HashMap<>(Catalogue.standard().defaults());

    DeliveryOrderTest() {
        for (String target : List.of("ftp", "kafka", "s3")) {
            values.put("framegate.deliver." + target + ".enabled", "true");
        }
        values.put("framegate.deliver.ftp.host", "192.0.2.1");
        values.put("framegate.deliver.s3.bucket", "images");
        // As Camel resolves it.
        values.replaceAll((name, value) -> value.equals("{{framegate.deliver.cloudevents}}") ? "false" : value);
    }

    private List<String> problems() {
        return new Settings(Catalogue.standard(), values::get)
                .problems((needs, text) -> {}).stream()
                        .map(SettingException::getMessage)
                        .toList();
    }

    private void after(String target, String other) {
        values.put("framegate.deliver." + target + ".after", other);
    }

    @Test
    void targetsMayWaitInALine() {
        after("kafka", "s3");
        after("ftp", "kafka");
        assertThat(problems()).isEmpty();
    }

    @Test
    void targetThatIsOffOrMisspeltIsRefused() {
        after("kafka", "http");
        after("ftp", "s33");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "framegate.deliver.kafka.after: http (expected: a target that is on: ftp, kafka, s3)",
                        "framegate.deliver.ftp.after: s33 (expected: a target that is on: ftp, kafka, s3)");
    }

    @Test
    void targetThatWaitsForItselfIsRefused() {
        after("s3", "s3");
        assertThat(problems()).containsExactly("framegate.deliver.s3.after: s3 (expected: another target)");
    }

    @Test
    void circleIsRefusedOnce() {
        after("kafka", "s3");
        after("s3", "kafka");
        assertThat(problems())
                .containsExactly(
                        "framegate.deliver.kafka.after: s3 (expected: no circle; now kafka after s3 after kafka)");
    }

    @Test
    void circleBehindAnotherTargetIsRefusedOnce() {
        after("ftp", "kafka");
        after("kafka", "s3");
        after("s3", "kafka");
        assertThat(problems())
                .containsExactly(
                        "framegate.deliver.kafka.after: s3 (expected: no circle; now kafka after s3 after kafka)");
    }

    @Test
    void targetThatIsOffMayNameAnything() {
        after("mqtt", "nowhere");
        assertThat(problems()).isEmpty();
    }

    @Test
    void camerasWaitOnlyForTargetsThatAreOn() {
        values.put("framegate.accept.after", "s3, kafka");
        assertThat(problems()).isEmpty();
        values.put("framegate.accept.after", "s3,htpt");
        assertThat(problems())
                .containsExactly("framegate.accept.after: htpt (expected: a target that is on: ftp, kafka, s3)");
        values.put("framegate.accept.after", "s3,");
        assertThat(problems())
                .containsExactly("framegate.accept.after: s3, (expected: empty, or targets like s3, kafka)");
    }

    /** The connection would be closed as idle before its answer. */
    @Test
    void camerasWaitForLessThanAConnectionMayBeIdle() {
        values.put("framegate.accept.timeout", "300s");
        assertThat(problems()).isEmpty();
        values.put("framegate.accept.after", "s3");
        assertThat(problems())
                .containsExactly(
                        "framegate.accept.timeout: 300s (expected: less than framegate.intake.idle-timeout, 300s)");
    }
}
