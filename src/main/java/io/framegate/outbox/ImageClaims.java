package io.framegate.outbox;

import io.framegate.intake.FramegateHeaders;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Claims the image that is about to be renamed into place for every target. When the exchange is done the claims count, and
 * whether the image is there says what they are worth. Thread-safe.
 */
public final class ImageClaims implements Processor, ClaimsFor {

    private static final String CLAIMED = "FramegateClaimed";

    private final Outbox outbox;

    /** Claims in this outbox. */
    public ImageClaims(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public Set<String> targets(CamelContext context) {
        return Set.copyOf(outbox.targets());
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        if (outbox.targets().isEmpty()) {
            return;
        }
        Map<String, Long> claimed = claimed(exchange);
        Message message = exchange.getMessage();
        Claim claim = new Claim(message.getHeader(Exchange.FILE_NAME, String.class), headers(message));
        for (String target : outbox.targets()) {
            // A step that is tried again claims only what it could not before.
            if (!claimed.containsKey(target)) {
                claimed.put(target, outbox.log(target).append(claim));
            }
        }
        for (String target : outbox.targets()) {
            force(target, claimed);
        }
    }

    private void force(String target, Map<String, Long> claimed) throws IOException {
        Long number = claimed.get(target);
        try {
            outbox.log(target).force(Objects.requireNonNull(number));
        } catch (IOException e) {
            // Forced again, it would only seem to be on disk: the next attempt claims anew, in another file.
            claimed.remove(target);
            outbox.log(target).drop(number);
            throw e;
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Long> claimed(Exchange exchange) {
        Map<String, Long> before = exchange.getProperty(CLAIMED, Map.class);
        if (before != null) {
            return before;
        }
        Map<String, Long> claimed = new TreeMap<>();
        exchange.setProperty(CLAIMED, claimed);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                claimed.forEach((target, number) -> outbox.log(target).settle(number));
            }
        });
        return claimed;
    }

    private static Map<String, Object> headers(Message message) {
        Map<String, Object> headers = ClaimedHeaders.of(message, FramegateHeaders.SHA256);
        String path = message.getHeader(Exchange.FILE_NAME, String.class);
        headers.put(FramegateHeaders.STORED_PATH, path);
        headers.put(FramegateHeaders.FILE_NAME, path.substring(path.lastIndexOf('/') + 1));
        return headers;
    }
}
