package io.framegate.outbox.deliver;

import org.apache.camel.CamelContext;

/**
 * Checks properties of targets that would otherwise fail at the first image. Each method throws {@link
 * IllegalArgumentException} with the fault and what is expected, but without a value that may be a secret.
 */
public final class DeliverySettings {

    private DeliverySettings() {}

    /** {@code framegate.deliver.reference}. */
    public static void reference(CamelContext context, String value) {
        compile(context, Template.parse(value));
    }

    /** {@code framegate.deliver.http.url}. */
    public static void httpUrl(CamelContext context, String value) {
        new HttpAddress().setUrl(value);
        compile(context, Template.parse(value));
    }

    /** {@code framegate.deliver.http.headers}. */
    public static void httpHeaders(CamelContext context, String value) {
        new HttpMetadata().setHeaders(value);
        NamedTemplates.parse(value).values().forEach(template -> compile(context, template));
    }

    /** {@code framegate.deliver.s3.tags}. */
    public static void s3Tags(CamelContext context, String value) {
        S3Tags.parse(value);
        NamedTemplates.parse(value).values().forEach(template -> compile(context, template));
    }

    private static void compile(CamelContext context, Template template) {
        try {
            template.compiled(context);
        } catch (RuntimeException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new IllegalArgumentException("expression: " + reason + " (expected: a simple expression)", e);
        }
    }
}
