package io.framegate.worker;

import io.framegate.intake.FramegateHeaders;
import io.framegate.log.Reason;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a dead letter of what is wrong: the body and the headers as they were received, so that it can be sent again,
 * and the reason in {@link FramegateHeaders#REJECT_REASON} and {@link FramegateHeaders#REJECT_DETAIL}. Thread-safe.
 */
public final class DeadLetter implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.worker");

    private static final String BODY = "FramegateDeadLetterBody";
    private static final String HEADERS = "FramegateDeadLetterHeaders";

    /** The key of a record, and the group of a message: the camera. */
    private static final String KAFKA_KEY = "kafka.KEY";

    private static final String JMS_GROUP = "JMSXGroupID";

    /** Keeps the received body and headers for a dead letter. */
    static void keep(Exchange exchange, byte @Nullable [] body, Map<String, Object> headers) {
        exchange.setProperty(BODY, body);
        exchange.setProperty(HEADERS, headers);
    }

    /** The value of a received header, or null. */
    static @Nullable Object received(Exchange exchange, String header) {
        return exchange.getProperty(HEADERS, Map.of(), Map.class).get(header);
    }

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String reason =
                failure instanceof WrongDeliveryException wrong ? wrong.reason().tag() : "unknown";
        String detail = failure == null ? "" : Reason.plain(failure);
        LOG.atWarn()
                .addKeyValue("worker", exchange.getVariable(DocumentReader.WORKER))
                .addKeyValue("camera", exchange.getMessage().getHeader(FramegateHeaders.CAMERA_NAME))
                .addKeyValue("delivery", exchange.getVariable(DocumentReader.DELIVERY_ID))
                .addKeyValue("reason", reason)
                .addKeyValue("detail", detail)
                .log("not stored, sent to the dead letters");
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        headers(exchange).forEach(message::setHeader);
        message.setHeader(FramegateHeaders.REJECT_REASON, reason);
        message.setHeader(FramegateHeaders.REJECT_DETAIL, detail);
        message.setBody(exchange.getProperty(BODY));
    }

    private static Map<String, Object> headers(Exchange exchange) {
        Map<String, Object> kept = new TreeMap<>();
        Map<?, ?> received = exchange.getProperty(HEADERS, Map.of(), Map.class);
        received.forEach((name, value) -> {
            if (value != null && isKept(name.toString())) {
                kept.put(name.toString(), value);
            }
        });
        return kept;
    }

    private static boolean isKept(String name) {
        return name.startsWith("Framegate")
                || name.startsWith("ce_")
                || name.equals("content-type")
                || name.equals(KAFKA_KEY)
                || name.equals(JMS_GROUP);
    }
}
