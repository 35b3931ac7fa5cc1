package io.framegate.outbox.deliver;

import io.framegate.settings.NamedValues;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Turns an image's metadata into HTTP headers, and adds the operator's headers. Values are ASCII: other characters, and
 * the percent sign, are percent-encoded UTF-8, so no value ends its line. Thread-safe once configured.
 */
public final class HttpMetadata implements Processor {

    private Map<String, Template> headers = Map.of();

    /** More headers: {@code name=text with simple expressions}, separated by commas. The values may be secrets. */
    public void setHeaders(String headers) {
        Map<String, Template> parsed = Template.parseNamed(headers);
        NamedValues.requireHeaderNames(parsed.keySet());
        parsed.forEach((name, value) -> {
            if (value.literal().chars().anyMatch(c -> c < ' ' || c >= 0x7f)) {
                throw new IllegalArgumentException("header: " + name + " (expected: visible ASCII)");
            }
        });
        this.headers = parsed;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<String, String> all = new TreeMap<>();
        MetadataText.of(message).forEach((name, text) -> all.put(name, encoded(name, MetadataText.ascii(text))));
        headers.forEach((name, value) -> all.put(name, value.text(exchange, MetadataText::ascii)));
        all.forEach(message::setHeader);
    }

    /** Encodes blanks and quotation marks too in the attributes of a CloudEvent, which must not have them. */
    private static String encoded(String name, String text) {
        return name.startsWith("ce-") ? text.replace(" ", "%20").replace("\"", "%22") : text;
    }
}
