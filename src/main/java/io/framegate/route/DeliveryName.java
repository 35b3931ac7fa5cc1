package io.framegate.route;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Gives what is delivered its name at the target, in the header {@code CamelFileName}. Thread-safe. */
public final class DeliveryName implements Processor {

    private NameExpression expression = new NameExpression("");

    /** The simple expression for the path; it may use every header an image has. */
    public void setExpression(String expression) {
        if (expression.isBlank()) {
            throw new IllegalArgumentException("name: empty (expected: a simple expression)");
        }
        this.expression = new NameExpression(expression);
    }

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().setHeader(Exchange.FILE_NAME, expression.path(exchange));
    }
}
