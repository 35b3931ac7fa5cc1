package io.framegate.event;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * What the operator decides about the reading of documents. Immutable.
 *
 * @param zone the zone of local times
 * @param zones the zones of single cameras, by camera id, name or peer's address
 * @param keepalives the documents that are no events
 * @param channels whether the channels of a recorder are separate cameras
 */
public record DocumentRules(ZoneId zone, Map<String, ZoneId> zones, Keepalives keepalives, boolean channels) {

    /** The rules without an operator's choice: local times are in UTC. */
    public static final DocumentRules STANDARD =
            new DocumentRules(ZoneOffset.UTC, Map.of(), Keepalives.standard(), true);

    public DocumentRules {
        zones = Map.copyOf(zones);
    }
}
