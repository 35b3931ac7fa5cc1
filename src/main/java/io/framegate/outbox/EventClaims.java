package io.framegate.outbox;

import io.framegate.intake.FramegateHeaders;
import java.io.IOException;
import java.util.HashSet;
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
 * Claims an event without image for each target that gets such events ({@code framegate.deliver.<target>.events}). No
 * rename of an image commits the claim: it counts when it is written, which is before the camera's answer. Thread-safe.
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
        Set<String> claimed = claimed(exchange);
        for (String target : outbox.targets()) {
            // A second attempt of this step claims for the remaining targets.
            if (wanted(exchange.getContext(), target).contains(type) && !claimed.contains(target)) {
                claim(outbox.log(target), claim(message));
                claimed.add(target);
            }
        }
    }

    /** The claim counts when it is as durable as configured, because no image follows. */
    private static void claim(ClaimLog log, Claim claim) throws IOException {
        long number = log.append(claim);
        try {
            log.force(number);
        } catch (IOException e) {
            log.drop(number);
            throw e;
        }
        log.settle(number);
    }

    /** Reads the target's property once. A target without it gets no events. */
    private EventTypes wanted(CamelContext context, String target) {
        return wanted.computeIfAbsent(
                target,
                name -> EventTypes.parse(
                        context.resolvePropertyPlaceholders("{{framegate.deliver." + name + ".events:false}}")));
    }

    @SuppressWarnings("unchecked")
    private static Set<String> claimed(Exchange exchange) {
        Set<String> claimed = exchange.getProperty(CLAIMED, Set.class);
        if (claimed == null) {
            claimed = new HashSet<>();
            exchange.setProperty(CLAIMED, claimed);
        }
        return claimed;
    }

    private static Claim claim(Message message) {
        Map<String, Object> headers = ClaimedHeaders.of(message, FramegateHeaders.PACKET_SHA256);
        String name = "event_" + headers.get(FramegateHeaders.DELIVERY_ID) + ".json";
        headers.put(FramegateHeaders.FILE_NAME, name);
        return new Claim(name, true, headers);
    }
}
