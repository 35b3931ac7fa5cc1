package io.framegate.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ReceiptTimeTest {

    private static final Instant TIME = Instant.parse("2026-05-04T03:02:01.123456789Z");

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void headerAndCopiesHaveTheTime() {
        ReceiptTime.set(exchange, TIME);
        assertThat(exchange.getMessage().getHeader(FramegateHeaders.RECEIVED_AT))
                .isEqualTo("2026-05-04T03:02:01.123456789Z");
        assertThat(ReceiptTime.of(exchange)).isEqualTo(TIME);
        assertThat(ReceiptTime.of(exchange.copy())).isEqualTo(TIME);
    }

    @Test
    void timeThatARouteSetsCounts() {
        ReceiptTime.set(exchange, TIME);
        exchange.getMessage().setHeader(FramegateHeaders.RECEIVED_AT, "2020-01-01T00:00:00Z");
        assertThat(ReceiptTime.of(exchange)).isEqualTo("2020-01-01T00:00:00Z");
        exchange.getMessage().setHeader(FramegateHeaders.RECEIVED_AT, "yesterday");
        assertThatThrownBy(() -> ReceiptTime.of(exchange)).isInstanceOf(DateTimeParseException.class);
    }

    @Test
    void withoutTheHeaderThereIsNoTime() {
        assertThat(ReceiptTime.of(exchange)).isNull();
        ReceiptTime.set(exchange, TIME);
        exchange.getMessage().removeHeader(FramegateHeaders.RECEIVED_AT);
        assertThat(ReceiptTime.of(exchange)).isNull();
    }
}
