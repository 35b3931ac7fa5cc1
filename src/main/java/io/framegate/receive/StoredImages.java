package io.framegate.receive;

import io.framegate.intake.FramegateHeaders;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Collects what became of an event's images while they are split, and leaves the event as it was: for the event's line in the
 * log, and for its answer. Stateless.
 */
public final class StoredImages implements AggregationStrategy {

    /** Property with the {@code List<Outcome>} of an event's images. */
    static final String OUTCOMES = "FramegateOutcomes";

    /** Variable that is true when an image of the event is neither stored nor rejected. */
    static final String IMAGE_LOST = "imageLost";

    /** What became of one image; every value is null that does not apply. */
    record Outcome(
            @Nullable String role,
            @Nullable String path,
            @Nullable String rejected,
            @Nullable Integer encodedLength,
            @Nullable Exception failure) {

        /** Whether the image failed before it had its name. What fails after that loses nothing. */
        boolean isLost() {
            return failure != null && path == null;
        }

        @Nullable
        String storedPath() {
            return path;
        }

        /** The role, if images of that role are not kept. */
        @Nullable
        String skippedRole() {
            return failure == null && rejected == null && path == null ? role : null;
        }
    }

    @Override
    public Exchange aggregate(Exchange oldExchange, Exchange newExchange) {
        throw new UnsupportedOperationException("needs the event's exchange: for split only");
    }

    @Override
    public Exchange aggregate(@Nullable Exchange last, Exchange image, Exchange event) {
        List<Outcome> outcomes = of(event);
        outcomes.add(new Outcome(
                image.getMessage().getHeader(FramegateHeaders.ROLE, String.class),
                image.getMessage().getHeader(FramegateHeaders.STORED_PATH, String.class),
                image.getMessage().getHeader(FramegateHeaders.REJECT_REASON, String.class),
                image.getMessage().getHeader(FramegateHeaders.ENCODED_LENGTH, Integer.class),
                image.getException()));
        if (outcomes.get(outcomes.size() - 1).isLost()) {
            event.setVariable(IMAGE_LOST, true);
        }
        return event;
    }

    @SuppressWarnings("unchecked")
    static List<Outcome> of(Exchange event) {
        List<Outcome> outcomes = event.getProperty(OUTCOMES, List.class);
        if (outcomes == null) {
            outcomes = new ArrayList<>();
            event.setProperty(OUTCOMES, outcomes);
        }
        return outcomes;
    }
}
