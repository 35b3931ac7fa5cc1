package io.framegate.worker;

import io.framegate.intake.FramegateHeaders;
import io.framegate.log.Reason;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a wrong document into a dead letter. It has the body and the headers of the sender as they were received, so
 * that it can be sent again, and the reason in {@link FramegateHeaders#REJECT_REASON} and
 * {@link FramegateHeaders#REJECT_DETAIL}. Leaves out a body that is no document at all, and all headers after
 * {@value #MAX_HEADERS}. Thread-safe.
 */
public final class DeadLetter implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.worker");

    private static final String REASON = "deadLetterReason";
    private static final String DETAIL = "deadLetterDetail";

    /** The key of a record, and the group of a message: the camera. */
    private static final Set<String> CAMERA = Set.of("kafka.KEY", "JMSXGroupID");

    /** Headers of the broker and of Camel. Some of them would choose the destination of the letter. */
    private static final Pattern NOT_OF_THE_SENDER = Pattern.compile("(?i)(camel|kafka\\.|jms).*");

    private static final int MAX_HEADERS = 50;
    private static final int MAX_HEADER_LENGTH = 8192;

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String reason =
                failure instanceof WrongDeliveryException wrong ? wrong.reason().tag() : "unknown";
        String detail = failure == null ? "" : Reason.plain(failure);
        exchange.setVariable(REASON, reason);
        exchange.setVariable(DETAIL, detail);
        Message letter = new DefaultMessage(exchange);
        ReceivedMessage received = ReceivedMessage.of(exchange);
        // First, so that none of the other headers takes its place.
        CAMERA.stream()
                .filter(received.headers()::containsKey)
                .forEach(name -> letter.setHeader(name, received.headers().get(name)));
        received.headers().forEach((name, value) -> {
            if (letter.getHeaders().size() < MAX_HEADERS && isKept(name, value)) {
                letter.setHeader(name, value);
            }
        });
        letter.setHeader(FramegateHeaders.REJECT_REASON, reason);
        letter.setHeader(FramegateHeaders.REJECT_DETAIL, detail);
        letter.setBody(received.body() == null ? new byte[0] : received.body());
        exchange.setMessage(letter);
    }

    private static boolean isKept(String name, Object value) {
        int length =
                value instanceof byte[] bytes ? bytes.length : value.toString().length();
        return length <= MAX_HEADER_LENGTH && !NOT_OF_THE_SENDER.matcher(name).matches();
    }

    /** Logs that the broker has the dead letter. */
    public void sent(Exchange exchange) {
        log(exchange, "not stored, sent to the dead letters");
    }

    /** Logs that the broker did not get the dead letter, and fails again, so that the document stays at the broker. */
    public void notSent(Exchange exchange) throws Exception {
        log(exchange, "not stored, and the dead letter cannot be sent: trying again");
        throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }

    private static void log(Exchange exchange, String line) {
        LOG.atWarn()
                .addKeyValue("worker", exchange.getVariable(DocumentReader.WORKER))
                .addKeyValue("camera", exchange.getVariable(DocumentReader.CAMERA))
                .addKeyValue("delivery", exchange.getVariable(DocumentReader.DELIVERY_ID))
                .addKeyValue("record", ReceivedMessage.of(exchange).place())
                .addKeyValue("reason", exchange.getVariable(REASON))
                .addKeyValue("detail", exchange.getVariable(DETAIL))
                .log(line);
    }
}
