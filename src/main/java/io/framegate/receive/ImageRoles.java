package io.framegate.receive;

import io.framegate.intake.FramegateHeaders;
import io.framegate.settings.StoreSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/** Decides by an image's role whether it is stored. Thread-safe once configured. */
public final class ImageRoles implements Predicate {

    private Set<String> kept = Set.copyOf(StoreSettings.ROLES);

    /** Sets the roles to store, separated by commas. */
    public void setRoles(String roles) {
        kept = Arrays.stream(roles.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .collect(Collectors.toSet());
    }

    @Override
    public boolean matches(Exchange image) {
        return kept.contains(image.getMessage().getHeader(FramegateHeaders.ROLE, String.class));
    }
}
