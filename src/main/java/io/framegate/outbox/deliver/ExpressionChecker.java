package io.framegate.outbox.deliver;

import io.framegate.intake.FramegateHeaders;
import io.framegate.settings.Type;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/**
 * Checks properties with simple expressions, which would otherwise fail only at the first image. Its exceptions contain
 * no secrets.
 */
public final class ExpressionChecker implements BiConsumer<Type.Needs, String> {

    private static final Pattern HEADER = Pattern.compile("\\$\\{headers?\\.(Framegate\\w*)");

    private final CamelContext context;

    public ExpressionChecker(CamelContext context) {
        this.context = context;
    }

    @Override
    public void accept(Type.Needs needs, String value) {
        switch (needs) {
            case EXPRESSION -> {
                expression(value);
                knownHeaders(value);
            }
            case TEMPLATE -> compile(Template.parse(value));
            case HTTP_ADDRESS -> {
                new HttpAddress().setUrl(value);
                compile(Template.parse(value));
            }
            case HTTP_HEADERS -> {
                new HttpMetadata().setHeaders(value);
                Template.parseNamed(value).values().forEach(this::compile);
            }
            case S3_TAGS -> {
                S3Tags.parse(value);
                Template.parseNamed(value).values().forEach(this::compile);
            }
            case DIRECTORY, WIRE_FORMAT, NOTHING -> {}
        }
    }

    private void expression(String expression) {
        try {
            context.resolveLanguage("simple").createExpression(expression).init(context);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    expression + " (expected: a simple expression, " + e.getMessage() + ")", e);
        }
    }

    /** An unknown header would be an empty part of every name, and images would replace each other. */
    private static void knownHeaders(String expression) {
        Matcher header = HEADER.matcher(expression);
        while (header.find()) {
            if (!FramegateHeaders.NAMES.contains(header.group(1))) {
                throw new IllegalArgumentException(
                        header.group(1) + " (expected: a header that src/docs/routes.md lists)");
            }
        }
    }

    private void compile(Template template) {
        try {
            template.compiled(context);
        } catch (RuntimeException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new IllegalArgumentException("expression: " + reason + " (expected: a simple expression)", e);
        }
    }
}
