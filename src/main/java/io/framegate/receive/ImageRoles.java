package io.framegate.receive;

import io.framegate.intake.FramegateHeaders;
import io.framegate.settings.StoreSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Header;

/** Decides by an image's role whether it is stored. Thread-safe once configured. */
public final class ImageRoles {

    private Set<String> kept = Set.copyOf(StoreSettings.ROLES);

    /** Sets the roles to store, separated by commas. */
    public void setRoles(String roles) {
        kept = Arrays.stream(roles.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .collect(Collectors.toSet());
    }

    /** Whether an image with this role is stored. */
    public boolean keeps(@Header(FramegateHeaders.ROLE) String role) {
        return kept.contains(role);
    }
}
