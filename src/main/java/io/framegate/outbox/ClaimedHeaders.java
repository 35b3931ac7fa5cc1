package io.framegate.outbox;

import io.framegate.intake.FramegateHeaders;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Message;

/** Selects the headers of a message that a claim keeps. */
final class ClaimedHeaders {

    private static final String REJECT_PREFIX = "FramegateReject";

    private ClaimedHeaders() {}

    /**
     * Returns this delivery id, and all headers except Camel's headers, the reason of a rejection, and values that JSON
     * cannot represent. A delivery id of the message stays, because the gateway that received the picture has set it.
     */
    static Map<String, Object> of(Message message, String deliveryId) {
        Map<String, Object> headers = new TreeMap<>();
        message.getHeaders().forEach((name, value) -> {
            if (!name.startsWith("Camel") && !name.startsWith(REJECT_PREFIX) && isPlain(value)) {
                headers.put(name, value);
            }
        });
        headers.putIfAbsent(FramegateHeaders.DELIVERY_ID, deliveryId);
        return headers;
    }

    private static boolean isPlain(Object value) {
        return value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Map<?, ?>;
    }
}
