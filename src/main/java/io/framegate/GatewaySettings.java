package io.framegate;

import io.framegate.intake.FramegateHeaders;
import io.framegate.settings.ByteSize;
import io.framegate.store.disk.RetentionLimits;
import io.framegate.store.durable.Durability;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * The properties of this gateway: their values, and how each of them is checked. A refusal is one line: the property, its value, and
 * what is expected.
 */
public final class GatewaySettings {

    public static final String IMAGES = "framegate.images.directory";
    static final String WINDOW = "framegate.deduplicate.window";

    private static final String MAX_AGE = "framegate.retention.max-age";
    private static final String MAX_SIZE = "framegate.retention.max-size";
    private static final String MIN_FREE = "framegate.retention.min-free";

    private static final Pattern HEADER = Pattern.compile("\\$\\{headers?\\.(Framegate\\w*)");

    private final CamelContext context;

    /** Those of this context. */
    public GatewaySettings(CamelContext context) {
        this.context = context;
    }

    /** A property's value; a directory's is not empty. */
    public String property(String name) {
        String value = context.resolvePropertyPlaceholders("{{" + name + "}}");
        if (value.isBlank() && name.endsWith(".directory")) {
            throw new IllegalStateException(name + ": empty (expected: a directory)");
        }
        return value;
    }

    /** What {@code framegate.durability} says. */
    public Durability durability() {
        return Durability.of(
                property("framegate.durability").strip(),
                time(property("framegate.durability.interval").strip()));
    }

    /** For how long events are remembered, or null if they are not. */
    @Nullable
    public Duration deduplicateWindow() {
        String window = property(WINDOW).strip();
        return isOff(window) ? null : time(window);
    }

    /** What is said of the web port. */
    public WebChecks web() {
        return new WebChecks(this);
    }

    static boolean isOff(String window) {
        return window.isEmpty() || window.equals("0");
    }

    /** The targets that are switched on, whatever they are called. */
    public Set<String> targets() {
        Set<String> on = DeliverChecks.knownTargets(context);
        on.removeIf(target ->
                !property("framegate.deliver." + target + ".enabled").strip().equals("true"));
        return on;
    }

    /** How long images are kept; nothing is a limit that is empty or 0. */
    public RetentionLimits retention() {
        check(MAX_AGE, "empty, or a time like 30d or 12h", value -> RetentionLimits.isOff(value) || isTime(value));
        String size = "empty, or a size, like 500GB";
        check(MAX_SIZE, size, value -> RetentionLimits.isOff(value) || isSize(value));
        check(
                MIN_FREE,
                size + ", or a part of the disk, like 5%",
                value -> RetentionLimits.isOff(value)
                        || (hasUnit(value) && ByteSize.parseOrPartOf(value, Long.MAX_VALUE) > 0));
        String age = property(MAX_AGE);
        Duration maxAge = RetentionLimits.isOff(age) ? Duration.ZERO : time(age.strip());
        return RetentionLimits.of(maxAge, property(MAX_SIZE), property(MIN_FREE));
    }

    static boolean isBetween(String value, int least, int most) {
        int number = Integer.parseInt(value, 10);
        return number >= least && number <= most;
    }

    static boolean isSize(String value) {
        return hasUnit(value) && ByteSize.parse(value) > 0;
    }

    /** A number alone would be milliseconds or bytes, and whoever writes 30 of retention means days. */
    static boolean hasUnit(String value) {
        return !value.matches("[0-9 ]*");
    }

    boolean isTime(String value) {
        return hasUnit(value) && !time(value).isNegative() && !time(value).isZero();
    }

    interface Accepts {
        boolean value(String value);
    }

    /** Throws with the property's name and value unless the value is accepted. */
    void check(String name, String expected, Accepts accepts) {
        String value = property(name);
        boolean accepted;
        try {
            accepted = accepts.value(value.strip());
        } catch (RuntimeException e) {
            accepted = false;
        }
        if (!accepted) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    Duration time(String text) {
        return context.getTypeConverter().convertTo(Duration.class, text);
    }

    /** Throws if there is a user without a password, or the other way round. */
    void credentials(String of) {
        if (property(of + ".user").isEmpty() != property(of + ".password").isEmpty()) {
            throw new IllegalStateException(
                    of + ".user and " + of + ".password: only one is given (expected: both or none)");
        }
    }

    /** A typing error in it would show at the first image only. */
    void simpleExpression(String name) {
        String expression = property(name);
        try {
            context.resolveLanguage("simple").createExpression(expression).init(context);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    name + ": " + expression + " (expected: a simple expression, " + e.getMessage() + ")");
        }
    }

    /** A header of ours that there is not would be an empty part of every name, and images would take each other's place. */
    void knownHeaders(String name) {
        Matcher header = HEADER.matcher(property(name));
        while (header.find()) {
            if (!FramegateHeaders.NAMES.contains(header.group(1))) {
                throw new IllegalArgumentException(
                        name + ": " + header.group(1) + " (expected: a header that src/docs/routes.md lists)");
            }
        }
    }
}
