package io.framegate.outbox.deliver;

import io.framegate.store.FileNames;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.spi.Language;
import org.jspecify.annotations.Nullable;

/** An operator's simple expression for a path. Makes every part of the result a safe name. Thread-safe. */
final class NameExpression {

    private final String text;
    private volatile @Nullable Expression compiled;

    NameExpression(String text) {
        this.text = text;
    }

    String path(Exchange exchange) {
        return FileNames.safePath(compiled(exchange).evaluate(exchange, String.class));
    }

    private Expression compiled(Exchange exchange) {
        Expression known = compiled;
        if (known == null) {
            Language simple = exchange.getContext().resolveLanguage("simple");
            known = simple.createExpression(text);
            known.init(exchange.getContext());
            compiled = known;
        }
        return known;
    }
}
