package io.framegate.tool.replay;

import io.framegate.event.RejectReason;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The reasons for which the quarantine keeps enough to send it again. */
final class ReplayableReasons {

    /** Reasons that are replayed by default: nothing is stored yet, and all of it was kept. */
    static final Set<String> BY_DEFAULT = Set.of(RejectReason.NOT_STORED.tag());

    private static final String PART = "only a part of it came (expected: a whole packet)";
    private static final String BEGINNING = "not a packet, and only its beginning was kept (expected: a whole packet)";

    private static final Map<String, String> UNUSABLE = Map.of(
            RejectReason.TOO_LONG.tag(), "only its first 64 KB were kept (expected: a whole packet)",
            RejectReason.UNKNOWN_FORMAT.tag(), BEGINNING,
            RejectReason.BAD_LENGTH.tag(), BEGINNING,
            RejectReason.INCOMPLETE.tag(), PART,
            RejectReason.DEADLINE_EXCEEDED.tag(), PART,
            RejectReason.BAD_BASE64.tag(), "the image was damaged when it was received (expected: a whole image)",
            RejectReason.FORBIDDEN_DTD.tag(), "the gateway always refuses a document type declaration (expected: none)",
            RejectReason.BAD_HTTP.tag(), "the request could not be read (expected: a whole request)",
            RejectReason.UNAUTHORIZED.tag(), "its bytes were not kept (expected: a whole packet)");

    private ReplayableReasons() {}

    /** Returns why a packet or image with this reason cannot be sent again, or null if it can. */
    static @Nullable String unusable(String reason) {
        return UNUSABLE.get(reason);
    }
}
