package io.framegate.worker;

import io.framegate.intake.FramegateHeaders;
import io.framegate.log.Reason;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a dead letter of what is wrong: the body and the headers as they were received, so that it can be sent again,
 * and the reason in {@link FramegateHeaders#REJECT_REASON} and {@link FramegateHeaders#REJECT_DETAIL}. Thread-safe.
 */
public final class DeadLetter implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.worker");

    /** The key of a record, and the group of a message: the camera. */
    private static final String KAFKA_KEY = "kafka.KEY";

    private static final String JMS_GROUP = "JMSXGroupID";

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
        ReceivedMessage received = ReceivedMessage.of(exchange);
        received.headers().forEach((name, value) -> {
            if (isKept(name)) {
                message.setHeader(name, value);
            }
        });
        message.setHeader(FramegateHeaders.REJECT_REASON, reason);
        message.setHeader(FramegateHeaders.REJECT_DETAIL, detail);
        message.setBody(received.body());
    }

    private static boolean isKept(String name) {
        return name.startsWith("Framegate")
                || name.startsWith("ce_")
                || name.equals("content-type")
                || name.equals(KAFKA_KEY)
                || name.equals(JMS_GROUP);
    }
}
