package io.framegate.tool.replay;

import io.framegate.event.RejectReason;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a quarantine keeps by reason: enough to be sent again, or not. */
final class ReplayableReasons {

    /** Nothing of these is stored, and all of it was kept: replayed unless something else is wanted. */
    static final Set<String> BY_DEFAULT = Set.of(RejectReason.NOT_STORED.tag());

    private static final String PART = "only a part of it came (expected: a whole packet)";
    private static final String BEGINNING = "no packet, and only its beginning was kept (expected: a whole packet)";

    private static final Map<String, String> UNUSABLE = Map.of(
            RejectReason.TOO_LONG.tag(), "only its first 64 KB were kept (expected: a whole packet)",
            RejectReason.UNKNOWN_FORMAT.tag(), BEGINNING,
            RejectReason.BAD_LENGTH.tag(), BEGINNING,
            RejectReason.INCOMPLETE.tag(), PART,
            RejectReason.DEADLINE_EXCEEDED.tag(), PART,
            RejectReason.BAD_BASE64.tag(), "the image was damaged when it came (expected: a whole image)",
            RejectReason.FORBIDDEN_DTD.tag(), "a document type declaration is refused always (expected: none)",
            RejectReason.BAD_HTTP.tag(), "the request could not be read (expected: a whole request)",
            RejectReason.UNAUTHORIZED.tag(), "nothing of it was kept (expected: a whole packet)");

    private ReplayableReasons() {}

    /** Why nothing of this reason can be sent again; null if it can. */
    static @Nullable String unusable(String reason) {
        return UNUSABLE.get(reason);
    }
}
