package io.framegate.receive;

import io.framegate.event.Role;
import io.framegate.intake.FramegateHeaders;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.Header;

/** Decides by an image's role whether it is stored. Thread-safe once configured. */
public final class ImageRoles {

    private static final Set<String> ALL =
            Arrays.stream(Role.values()).map(Role::tag).collect(Collectors.toCollection(TreeSet::new));

    private Set<String> kept = ALL;

    /** Sets the roles to store, separated by commas. Throws if a role does not exist. */
    public void setRoles(String roles) {
        Set<String> named = Arrays.stream(roles.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .collect(Collectors.toSet());
        for (String role : named) {
            if (!ALL.contains(role)) {
                throw new IllegalArgumentException(
                        "framegate.images.roles: " + role + " (expected: " + String.join(", ", ALL) + ")");
            }
        }
        kept = named;
    }

    /** Whether an image with this role is stored. */
    public boolean keeps(@Header(FramegateHeaders.ROLE) String role) {
        return kept.contains(role);
    }
}
