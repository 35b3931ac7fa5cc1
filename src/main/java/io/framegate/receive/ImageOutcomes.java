package io.framegate.receive;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Collects the outcomes of an event's images while the event is split, for the log and for the camera's answer. The
 * event's exchange keeps its body and headers. Stateless.
 */
public final class ImageOutcomes implements AggregationStrategy {

    /** The property with the {@code List<ImageOutcome>} of an event. */
    private static final String OUTCOMES = "FramegateOutcomes";

    /** The variable that is true if an image of the event is lost, or the copy of its damaged document. */
    private static final String IMAGE_LOST = "imageLost";

    @Override
    public Exchange aggregate(Exchange oldExchange, Exchange newExchange) {
        throw new UnsupportedOperationException("image outcomes: no event (expected: a split that passes it on)");
    }

    @Override
    public Exchange aggregate(@Nullable Exchange last, Exchange image, Exchange event) {
        ImageOutcome outcome = ImageOutcome.of(image);
        of(event).add(outcome);
        if (outcome.isLost()) {
            event.setVariable(IMAGE_LOST, true);
        }
        return event;
    }

    /** Whether bytes of the event are neither stored nor in the quarantine. */
    static boolean isLost(Exchange event) {
        return event.getVariable(IMAGE_LOST, false, Boolean.class);
    }

    /** The outcomes of an event's images so far. */
    @SuppressWarnings("unchecked")
    static List<ImageOutcome> of(Exchange event) {
        List<ImageOutcome> outcomes = event.getProperty(OUTCOMES, List.class);
        if (outcomes == null) {
            outcomes = new ArrayList<>();
            event.setProperty(OUTCOMES, outcomes);
        }
        return outcomes;
    }
}
