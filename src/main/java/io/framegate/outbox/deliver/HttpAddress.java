package io.framegate.outbox.deliver;

import io.framegate.intake.FramegateHeaders;
import io.framegate.settings.ServerAddresses;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Sets the address that an image is sent to. The host is literal. The path may have headers that are safe as names, and
 * the query any expression, percent-encoded.
 *
 * <pre>
 * https://host:8443/cams/${header.FramegateCameraName}?plate=${header.FramegateAttributes[plateNumber]}
 * +---- literal ---++---- headers for names ---------++------------- anything --------------------------+
 * </pre>
 *
 * <p>All addresses share one endpoint, because each endpoint has its own connections. Thread-safe.
 */
public final class HttpAddress implements Processor {

    private static final Pattern ADDRESS = Pattern.compile("(?s)https?://[^/?#@\\s${}]+([/?].*)?");
    private static final Pattern HEADER = Pattern.compile("\\$\\{header\\.(\\w+)}");

    /** Their values have only letters, digits, dot, minus, underscore and slash, and no segment of dots alone. */
    private static final Set<String> FOR_NAMES = Stream.of(
                    FramegateHeaders.CAMERA_NAME,
                    FramegateHeaders.CAPTURED_DATE,
                    FramegateHeaders.CAPTURED_STAMP,
                    FramegateHeaders.COUNTER,
                    FramegateHeaders.DELIVERY_ID,
                    FramegateHeaders.EVENT_ID,
                    FramegateHeaders.EVENT_TYPE,
                    FramegateHeaders.EXTENSION,
                    FramegateHeaders.FILE_NAME,
                    FramegateHeaders.IMAGE_NUMBER,
                    FramegateHeaders.RECEIVED_DATE,
                    FramegateHeaders.RECEIVED_STAMP,
                    FramegateHeaders.ROLE,
                    FramegateHeaders.ROLE_SUFFIX,
                    FramegateHeaders.SHA256,
                    FramegateHeaders.STORED_PATH)
            .collect(Collectors.toUnmodifiableSet());

    private Template path = Template.parse("");
    private Template query = Template.parse("");

    /** The address. A refusal does not show it, because its query may contain a secret. */
    public void setUrl(String url) {
        if (!ADDRESS.matcher(url).matches() || !ServerAddresses.isAddress(url)) {
            throw new IllegalArgumentException(
                    "address: not shown (expected: http:// or https://, a host as plain text, a port up to 65535)");
        }
        int question = url.indexOf('?');
        path = Template.parse(question < 0 ? url : url.substring(0, question));
        query = Template.parse(question < 0 ? "" : url.substring(question + 1));
        for (Template.Part part : path.parts()) {
            Matcher header = HEADER.matcher(part.text());
            if (part.expression() && !(header.matches() && FOR_NAMES.contains(header.group(1)))) {
                throw new IllegalArgumentException("address: " + part.text()
                        + " in its path (expected: a header that is safe there, like ${header.FramegateCameraName})");
            }
        }
        if ((path.literal() + query.literal()).matches("(?s).*[\\s#\\p{Cntrl}].*")) {
            throw new IllegalArgumentException("address: not shown (expected: no blanks and no #)");
        }
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setHeader(
                Exchange.HTTP_URI, path.text(exchange, value -> encoded(value).replace("%2F", "/")));
        String raw = query.text(exchange, HttpAddress::encoded);
        if (!raw.isEmpty()) {
            message.setHeader(Exchange.HTTP_RAW_QUERY, raw);
        }
    }

    /** Percent-encodes all characters but the unreserved ones. */
    static String encoded(String value) {
        // Java encodes forms, which differ in three characters.
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
