package io.framegate.outbox;

import io.framegate.intake.FramegateHeaders;
import io.framegate.store.Claims;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Claims an image for each target before the image is renamed into place. The claims count when the image has its name,
 * at the latest when the exchange is done. A claim whose image does not exist by then is dropped. Thread-safe.
 */
public final class ImageClaims implements Claims, ClaimsFor {

    private static final String CLAIMED = "FramegateClaimed";

    private final Outbox outbox;

    /** Adds the claims to this outbox. */
    public ImageClaims(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public Set<String> targets(CamelContext context) {
        return Set.copyOf(outbox.targets());
    }

    @Override
    public void note(Exchange exchange, String path) throws IOException {
        if (outbox.targets().isEmpty()) {
            return;
        }
        Map<String, Long> claimed = claimed(exchange);
        Claim claim = new Claim(path, headers(exchange.getMessage(), path));
        for (String target : outbox.inOrder()) {
            // A second attempt adds only the claims that the first attempt could not.
            if (!claimed.containsKey(target)) {
                ClaimLog log = outbox.log(target);
                long number = log.append(claim.after(outbox.order().after(target, claimed)));
                claimed.put(target, number);
                Acceptance.expect(exchange, target, log, number);
            }
        }
        for (String target : outbox.inOrder()) {
            force(target, claimed);
        }
    }

    @Override
    public void stored(Exchange exchange) {
        if (!outbox.targets().isEmpty()) {
            settle(claimed(exchange));
        }
    }

    private void settle(Map<String, Long> claimed) {
        claimed.forEach((target, number) -> outbox.log(target).settle(number));
        claimed.clear();
    }

    private void force(String target, Map<String, Long> claimed) throws IOException {
        Long number = claimed.get(target);
        try {
            outbox.log(target).force(Objects.requireNonNull(number));
        } catch (IOException e) {
            // A second force would succeed without the data being on disk, so the next attempt adds a claim to another
            // file.
            drop(target, claimed);
            throw e;
        }
    }

    /**
     * Drops a target's claim, and the claims of targets that wait for it, because they would not wait for its next
     * claim.
     */
    private void drop(String dropped, Map<String, Long> claimed) {
        for (String target : outbox.inOrder()) {
            Long number = claimed.get(target);
            if (number != null && (target.equals(dropped) || outbox.order().isAfter(target, dropped))) {
                claimed.remove(target);
                outbox.log(target).drop(number);
            }
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
                settle(claimed);
            }
        });
        return claimed;
    }

    private static Map<String, Object> headers(Message message, String path) {
        Map<String, Object> headers = ClaimedHeaders.of(message, DeliveryId.ofPicture(message));
        headers.put(FramegateHeaders.STORED_PATH, path);
        headers.put(FramegateHeaders.FILE_NAME, path.substring(path.lastIndexOf('/') + 1));
        return headers;
    }
}
