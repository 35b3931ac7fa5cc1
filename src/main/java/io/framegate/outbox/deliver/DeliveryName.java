package io.framegate.outbox.deliver;

import io.framegate.intake.FramegateHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Gives each delivery its name at the target, in the header {@code CamelFileName}. Thread-safe.
 *
 * <pre>
 * image                   gate/2026/03/29/image_17.jpg        the expression's value
 * document of an image    gate/2026/03/29/image_17.jpg.json
 * event without image     gate/2026/03/29/event_....json      the event's name, in the expression's directory
 * </pre>
 */
public final class DeliveryName {

    private final NameExpression expression;

    /** Names by a simple expression for the path, which may use all headers of an image. */
    public DeliveryName(String expression) {
        this.expression = new NameExpression(expression);
    }

    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String path = expression.path(exchange);
        if (EventDocument.isIn(message)) {
            // The expression may use headers that an event does not have. All events would then have the same name.
            path = message.getHeader(FramegateHeaders.STORED_PATH) == null
                    ? path.substring(0, path.lastIndexOf('/') + 1) + message.getHeader(FramegateHeaders.FILE_NAME)
                    : path + ".json";
        }
        message.setHeader(Exchange.FILE_NAME, path);
    }
}
