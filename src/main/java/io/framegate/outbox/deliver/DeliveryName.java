package io.framegate.outbox.deliver;

import io.framegate.intake.FramegateHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Gives what is delivered its name at the target, in the header {@code CamelFileName}. Thread-safe.
 *
 * <pre>
 * image                   gate/2026/03/29/image_17.jpg        as the expression says
 * image by reference      gate/2026/03/29/image_17.jpg.json
 * event without image     gate/2026/03/29/event_....json      its own name, in the directory that the expression says
 * </pre>
 */
public final class DeliveryName implements Processor {

    private NameExpression expression = new NameExpression("");
    private boolean topic;

    /** The simple expression for the path; it may use every header an image has. */
    public void setExpression(String expression) {
        if (expression.isBlank()) {
            throw new IllegalArgumentException("name: empty (expected: a simple expression)");
        }
        this.expression = new NameExpression(expression);
    }

    /** Whether it names a topic, which many share, and which says nothing of what a message is. */
    public void setTopic(boolean topic) {
        this.topic = topic;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String path = expression.path(exchange);
        if (!topic && FramegateHeaders.JSON.equals(message.getHeader(FramegateHeaders.CONTENT_TYPE))) {
            // The expression may name an event by what only an image has, and one event would take another's place.
            path = message.getHeader(FramegateHeaders.STORED_PATH) == null
                    ? path.substring(0, path.lastIndexOf('/') + 1) + message.getHeader(FramegateHeaders.FILE_NAME)
                    : path + ".json";
        }
        message.setHeader(Exchange.FILE_NAME, path);
    }
}
