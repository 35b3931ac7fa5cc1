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
 * Claims an event that has no image for every target that gets such events ({@code framegate.deliver.<target>.events}). There is
 * no file whose name would be the commit: the claim counts as soon as it is written, which is before the camera's answer. Thread-safe.
 */
public final class EventClaims implements Processor, ClaimsFor {

    private static final String CLAIMED = "FramegateEventClaimed";

    private final Outbox outbox;
    private final Map<String, EventTypes> wanted = new ConcurrentHashMap<>();

    /** Claims in this outbox. */
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
            // A step that is tried again claims only what it could not before.
            if (wanted(exchange.getContext(), target).contains(type) && !claimed.contains(target)) {
                claim(outbox.log(target), claim(message));
                claimed.add(target);
            }
        }
    }

    /** It counts once it is as durable as is wished, for no image follows it. */
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

    /** Asked of the properties once; a target that says nothing of events gets none. */
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
