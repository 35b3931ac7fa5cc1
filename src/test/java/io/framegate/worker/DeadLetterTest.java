package io.framegate.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.worker.WrongDeliveryException.Reason;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    private void letter(byte[] body, Map<String, Object> headers) throws WrongDeliveryException {
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeaders(new HashMap<>(headers));
        try {
            ReceivedMessage.keep(exchange);
            throw new WrongDeliveryException(Reason.MISSING, "missing (expected: an image)");
        } catch (WrongDeliveryException e) {
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT, e);
        }
        exchange.getMessage().removeHeaders("*");
        new DeadLetter().process(exchange);
    }

    @Test
    void headersOfTheSenderAreKeptAndThoseOfTheBrokerAreNot() throws WrongDeliveryException {
        letter(
                "{}".getBytes(UTF_8),
                Map.of(
                        "ce_id", "1",
                        "cloudEvents_id", "2",
                        "traceparent", "00-1-2-01",
                        "kafka.KEY", "gate",
                        "kafka.OVERRIDE_TOPIC", "elsewhere",
                        "kafka.OFFSET", 17,
                        "CamelKafkaOverrideTopic", "elsewhere",
                        "CAMELFILENAME", "elsewhere",
                        "JMSReplyTo", "elsewhere",
                        "JMSXGroupID", "gate"));
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("{}");
        assertThat(exchange.getMessage().getHeaders())
                .containsOnlyKeys(
                        "ce_id",
                        "cloudEvents_id",
                        "traceparent",
                        "kafka.KEY",
                        "JMSXGroupID",
                        "FramegateRejectReason",
                        "FramegateRejectDetail")
                .containsEntry("FramegateRejectReason", "missing");
    }

    @Test
    void letterOfALongMessageIsShort() throws WrongDeliveryException {
        Map<String, Object> headers = new HashMap<>(Map.of("long", new byte[8193], "kafka.KEY", "gate"));
        for (int i = 0; i < 1000; i++) {
            headers.put("h" + i, new byte[8192]);
        }
        letter(new byte[ReceivedMessage.MAX_LENGTH + 1], headers);
        assertThat(exchange.getMessage().getBody(byte[].class)).isEmpty();
        assertThat(exchange.getMessage().getHeaders())
                .hasSizeLessThanOrEqualTo(52)
                .containsEntry("kafka.KEY", "gate")
                .doesNotContainKey("long")
                .containsEntry("FramegateRejectReason", "not-a-document");
    }
}
