package io.framegate.outbox;

import io.framegate.intake.FramegateHeaders;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Message;

/** Selects the headers of a message that a claim keeps. */
final class ClaimedHeaders {

    private static final String REJECT_PREFIX = "FramegateReject";
    private static final int HASH_LENGTH = 16;

    private ClaimedHeaders() {}

    /**
     * Returns all headers except Camel's, the reason of a rejection, and values that JSON does not have. Adds the
     * delivery id, which is the same each time a camera sends the same picture or packet of the same time.
     *
     * @param hash the header with the hash of the picture or packet
     */
    static Map<String, Object> of(Message message, String hash) {
        Map<String, Object> headers = new TreeMap<>();
        message.getHeaders().forEach((name, value) -> {
            if (!name.startsWith("Camel") && !name.startsWith(REJECT_PREFIX) && isPlain(value)) {
                headers.put(name, value);
            }
        });
        String time = message.getHeader(FramegateHeaders.CAPTURED_AT, String.class);
        headers.put(
                FramegateHeaders.DELIVERY_ID,
                message.getHeader(FramegateHeaders.CAMERA_NAME, String.class) + "-"
                        + time.replaceAll("[^0-9TZ]", "") + "-"
                        + message.getHeader(hash, String.class).substring(0, HASH_LENGTH));
        return headers;
    }

    private static boolean isPlain(Object value) {
        return value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Map<?, ?>;
    }
}
