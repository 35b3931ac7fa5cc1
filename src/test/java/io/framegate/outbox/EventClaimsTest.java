package io.framegate.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.intake.FramegateHeaders;
import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventClaimsTest {

    private final DefaultCamelContext context = new DefaultCamelContext();

    @TempDir
    private Path directory = Path.of(".");

    private Outbox outbox = new Outbox(directory, List.of(), Durability.NONE);

    @BeforeEach
    void open() {
        outbox = new Outbox(directory, List.of("all", "none", "some", "unsaid"), Durability.NONE);
        Properties properties = new Properties();
        properties.setProperty("framegate.deliver.all.events", "true");
        properties.setProperty("framegate.deliver.none.events", "false");
        properties.setProperty("framegate.deliver.some.events", "alarmStatus, PEA");
        context.getPropertiesComponent().setInitialProperties(properties);
    }

    @AfterEach
    void close() throws IOException {
        outbox.close();
        context.close();
    }

    private Exchange event(String type, int images) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setHeader(FramegateHeaders.EVENT_TYPE, type);
        exchange.getMessage().setHeader(FramegateHeaders.IMAGE_COUNT, images);
        exchange.getMessage().setHeader(FramegateHeaders.CAMERA_NAME, "gate");
        exchange.getMessage().setHeader(FramegateHeaders.CAPTURED_AT, "2026-03-29T07:58:21.5Z");
        exchange.getMessage().setHeader(FramegateHeaders.PACKET_SHA256, "0123456789abcdef0123456789abcdef");
        exchange.getMessage().setHeader(FramegateHeaders.ATTRIBUTES, Map.of("sensorAlarmIn.2", "true"));
        exchange.getMessage().setHeader(FramegateHeaders.REJECT_REASON, "malformed");
        return exchange;
    }

    private void process(Exchange exchange) throws IOException {
        new EventClaims(outbox).process(exchange);
    }

    @ParameterizedTest
    @CsvSource({
        "alarmStatus, 0, 1, 1",
        "PEA,         0, 1, 1",
        "traject,     0, 1, 0",
        "keepalive,   0, 0, 0",
        "alarmStatus, 1, 0, 0",
    })
    void eventWithoutImagesIsClaimedForTheTargetsThatWantItsType(String type, int images, int all, int some)
            throws IOException {
        process(event(type, images));
        assertThat(outbox.waiting("all")).isEqualTo(all);
        assertThat(outbox.waiting("some")).isEqualTo(some);
        assertThat(outbox.waiting("none")).isZero();
        assertThat(outbox.waiting("unsaid")).isZero();
    }

    @Test
    void claimCountsAtOnceAndSaysWhatIsKnown() throws Exception {
        process(event("PEA", 0));
        Claim claim = Objects.requireNonNull(outbox.log("all").await(0)).claim();
        assertThat(claim.event()).isTrue();
        assertThat(claim.path()).isEqualTo("event_gate-20260329T0758215Z-0123456789abcdef.json");
        assertThat(claim.name()).isEqualTo("event-gate-20260329T0758215Z-0123456789abcdef");
        assertThat(claim.headers())
                .containsEntry(FramegateHeaders.DELIVERY_ID, "gate-20260329T0758215Z-0123456789abcdef")
                .containsEntry(FramegateHeaders.FILE_NAME, claim.path())
                .containsEntry(FramegateHeaders.ATTRIBUTES, Map.of("sensorAlarmIn.2", "true"))
                .doesNotContainKeys(FramegateHeaders.STORED_PATH, FramegateHeaders.REJECT_REASON);
    }

    @Test
    void stepThatIsTriedAgainClaimsNothingTwice() throws IOException {
        Exchange exchange = event("PEA", 0);
        process(exchange);
        process(exchange);
        assertThat(outbox.waiting("all")).isEqualTo(1);
    }

    @Test
    void claimSurvivesTheLogAndBeingSetAside() throws Exception {
        process(event("PEA", 0));
        Claim claim = Objects.requireNonNull(outbox.log("all").await(0)).claim();
        assertThat(Claim.parse(new String(claim.line(), java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(claim);

        outbox.setAside("some").add(claim.name(), claim, "no");
        assertThat(outbox.setAside("some").list()).singleElement().satisfies(item -> assertThat(item.event())
                .isTrue());
        assertThat(outbox.setAside("some").retry(claim.name())).isTrue();
        outbox.resumeSetAside("some");
        assertThat(Objects.requireNonNull(outbox.log("some").await(1)).claim()).isEqualTo(claim);
    }

    @Test
    void eventThatCannotBeClaimedFailsSoThatTheCameraSendsAgain() throws IOException {
        outbox.close();
        assertThatThrownBy(() -> process(event("PEA", 0))).isInstanceOf(IOException.class);
    }
}
