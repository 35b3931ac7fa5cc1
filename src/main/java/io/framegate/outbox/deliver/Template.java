package io.framegate.outbox.deliver;

import io.framegate.settings.NamedValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.jspecify.annotations.Nullable;

/**
 * An operator's text with simple expressions. The text stays as it is. The value of an expression may come from a
 * packet, so it is encoded for its place.
 *
 * <pre>
 * https://archive/${header.FramegateCameraName}?at=${header.FramegateCapturedAt}
 * +--- text -----++------- expression --------++tx++------ expression --------+
 * </pre>
 *
 * <p>Thread-safe.
 */
final class Template {

    private final List<Part> parts;
    private volatile @Nullable List<Expression> compiled;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** A piece of text, or an expression with its braces. */
    record Part(String text, boolean expression) {}

    /** Splits a text into its parts. Throws if an expression has no end. */
    static Template parse(String text) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (int begin = text.indexOf("${"); begin >= 0; begin = text.indexOf("${", from)) {
            if (begin > from) {
                parts.add(new Part(text.substring(from, begin), false));
            }
            from = end(text, begin);
            parts.add(new Part(text.substring(begin, from), true));
        }
        if (from < text.length()) {
            parts.add(new Part(text.substring(from), false));
        }
        return new Template(parts);
    }

    /** Reads {@code X-Camera=${header.FramegateCameraName}, Authorization=Bearer abc}, in this order. */
    static Map<String, Template> parseNamed(String text) {
        Map<String, Template> templates = new LinkedHashMap<>();
        NamedValues.templates(text).forEach((name, value) -> templates.put(name, parse(value)));
        return templates;
    }

    /** Exclusive end of the expression that begins here. */
    private static int end(String text, int begin) {
        int depth = 0;
        for (int at = begin + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return at + 1;
            }
        }
        throw new IllegalArgumentException("expression: no end (expected: ${...})");
    }

    List<Part> parts() {
        return parts;
    }

    /** The text without the expressions. */
    String literal() {
        StringBuilder literal = new StringBuilder();
        parts.stream().filter(part -> !part.expression()).forEach(part -> literal.append(part.text()));
        return literal.toString();
    }

    /** The text with the values of an exchange. An expression without a value is empty. */
    String text(Exchange exchange, UnaryOperator<String> encoding) {
        StringBuilder text = new StringBuilder();
        List<Expression> expressions = compiled(exchange.getContext());
        int next = 0;
        for (Part part : parts) {
            if (part.expression()) {
                String value = expressions.get(next).evaluate(exchange, String.class);
                text.append(value == null ? "" : encoding.apply(value));
                next++;
            } else {
                text.append(part.text());
            }
        }
        return text.toString();
    }

    /** Compiles the expressions, once. Throws if one has an error. */
    List<Expression> compiled(CamelContext context) {
        List<Expression> known = compiled;
        if (known == null) {
            List<Expression> expressions = new ArrayList<>();
            for (Part part : parts) {
                if (part.expression()) {
                    Expression expression = context.resolveLanguage("simple").createExpression(part.text());
                    expression.init(context);
                    expressions.add(expression);
                }
            }
            known = List.copyOf(expressions);
            compiled = known;
        }
        return known;
    }
}
