package io.framegate.outbox;

import io.framegate.intake.FramegateHeaders;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Claims an event without image for each target that gets such events ({@code framegate.deliver.<target>.events}). The
 * claim counts as soon as it is written, before the camera's answer, because no rename of an image commits it.
 * Thread-safe.
 */
public final class EventClaims implements Processor, ClaimsFor {

    private static final String CLAIMED = "FramegateEventClaimed";

    private final Outbox outbox;
    private final Map<String, EventTypes> wanted = new ConcurrentHashMap<>();

    /** Adds the claims to this outbox. */
    public EventClaims(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public Set<String> targets(CamelContext context) {
        return outbox.targets().stream()
                .filter(target -> !wanted(context, target).isNone())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        if (outbox.targets().isEmpty() || message.getHeader(FramegateHeaders.IMAGE_COUNT, 0, Integer.class) > 0) {
            return;
        }
        String type = message.getHeader(FramegateHeaders.EVENT_TYPE, "", String.class);
        Map<String, Long> claimed = claimed(exchange);
        for (String target : outbox.inOrder()) {
            // A second attempt of this step claims for the remaining targets.
            if (wanted(exchange.getContext(), target).contains(type) && !claimed.containsKey(target)) {
                Claim claim = claim(message).after(outbox.order().after(target, claimed));
                claimed.put(target, claim(exchange, target, claim));
            }
        }
    }

    /** The claim counts when it is as durable as configured, because no image follows. */
    private long claim(Exchange exchange, String target, Claim claim) throws IOException {
        ClaimLog log = outbox.log(target);
        long number = log.append(claim);
        Acceptance.expect(exchange, target, log, number);
        try {
            log.force(number);
        } catch (IOException e) {
            log.drop(number);
            throw e;
        }
        log.settle(number);
        return number;
    }

    /** Reads the target's property once. A target without it gets no events. */
    private EventTypes wanted(CamelContext context, String target) {
        return wanted.computeIfAbsent(
                target,
                name -> EventTypes.parse(
                        context.resolvePropertyPlaceholders("{{framegate.deliver." + name + ".events:false}}")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Long> claimed(Exchange exchange) {
        Map<String, Long> claimed = exchange.getProperty(CLAIMED, Map.class);
        if (claimed == null) {
            claimed = new HashMap<>();
            exchange.setProperty(CLAIMED, claimed);
        }
        return claimed;
    }

    private static Claim claim(Message message) {
        Map<String, Object> headers = ClaimedHeaders.of(message, DeliveryId.ofEvent(message));
        String name = "event_" + headers.get(FramegateHeaders.DELIVERY_ID) + ".json";
        headers.put(FramegateHeaders.FILE_NAME, name);
        return new Claim(name, true, headers);
    }
}
