package io.framegate.event;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * The operator's rules for reading documents. Immutable.
 *
 * @param zone the zone of local times
 * @param zones the zones of individual cameras, by camera id, name or peer's address
 * @param keepalives the documents that are not events
 * @param channels whether the channels of a recorder are separate cameras
 */
public record DocumentRules(ZoneId zone, Map<String, ZoneId> zones, Keepalives keepalives, boolean channels) {

    /** The default rules: local times are in UTC. */
    public static final DocumentRules STANDARD =
            new DocumentRules(ZoneOffset.UTC, Map.of(), Keepalives.standard(), true);

    public DocumentRules {
        zones = Map.copyOf(zones);
    }
}
