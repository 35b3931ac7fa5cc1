package io.framegate.outbox;

import io.framegate.intake.FramegateHeaders;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Message;

/** What a claim keeps of a message's headers. */
final class ClaimedHeaders {

    private static final String REJECT_PREFIX = "FramegateReject";
    private static final int HASH_LENGTH = 16;

    private ClaimedHeaders() {}

    /**
     * All but Camel's own, the reason of a rejection and what cannot be written down, and an id that is the same for the same
     * picture, or packet, of a camera at the same time, however often it is sent and delivered.
     *
     * @param hash the header that holds the hash of what is delivered
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
