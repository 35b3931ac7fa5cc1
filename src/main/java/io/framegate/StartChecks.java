package io.framegate;

import ch.qos.logback.classic.Level;
import io.framegate.disk.RetentionLimits;
import io.framegate.durable.Durability;
import io.framegate.event.FramegateHeaders;
import io.framegate.image.ImageTransform;
import io.framegate.intake.ByteSize;
import io.framegate.intake.WireFormats;
import io.framegate.route.CameraNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * What must hold before anything is opened. Camel would find most of it too, but some only at the first image, and without the
 * property's name. Each refusal is one line: the property, its value, and what is expected.
 */
final class StartChecks {

    static final String IMAGES = "framegate.images.directory";

    private static final List<String> PORTS = List.of("framegate.camera.port", "framegate.frames.port");
    private static final String WINDOW = "framegate.deduplicate.window";
    private static final String NAME = "framegate.images.name";
    private static final String MAX_AGE = "framegate.retention.max-age";
    private static final String MAX_SIZE = "framegate.retention.max-size";
    private static final String MIN_FREE = "framegate.retention.min-free";

    private static final Pattern HEADER = Pattern.compile("\\$\\{headers?\\.(Framegate\\w*)");

    private final CamelContext context;

    StartChecks(CamelContext context) {
        this.context = context;
    }

    /** Throws what is wrong first. */
    void run() {
        values();
        credentials("framegate.http");
        web().run();
        simpleExpression(NAME);
        knownHeaders(NAME);
        new DeliverChecks(context, this).run();
        new TracingChecks(this).run();
        if (!retention().isOff()) {
            apart();
        }
        for (String name : PORTS) {
            ListenAddress.check(this::property, "framegate.camera.host", name);
        }
        requireWritable("framegate.quarantine.directory");
    }

    /** A property's value; a directory's is not empty. */
    String property(String name) {
        String value = context.resolvePropertyPlaceholders("{{" + name + "}}");
        if (value.isBlank() && name.endsWith(".directory")) {
            throw new IllegalStateException(name + ": empty (expected: a directory)");
        }
        return value;
    }

    /** What {@code framegate.durability} says. */
    Durability durability() {
        return Durability.of(
                property("framegate.durability").strip(),
                time(property("framegate.durability.interval").strip()));
    }

    /** For how long events are remembered, or null if they are not. */
    @Nullable
    Duration deduplicateWindow() {
        String window = property(WINDOW).strip();
        return isOff(window) ? null : time(window);
    }

    /** What is said of the web port. */
    WebChecks web() {
        return new WebChecks(this);
    }

    static boolean isOff(String window) {
        return window.isEmpty() || window.equals("0");
    }

    /** The targets that are switched on, whatever they are called. */
    Set<String> targets() {
        Set<String> on = DeliverChecks.knownTargets(context);
        on.removeIf(target ->
                !property("framegate.deliver." + target + ".enabled").strip().equals("true"));
        return on;
    }

    private void values() {
        String size = "a size from 1 to 1GB, like 16MB";
        check("framegate.intake.max-frame-length", size, value -> ByteSize.parseInt(value) > 0);
        check("framegate.intake.max-document-length", size, value -> ByteSize.parseInt(value) > 0);
        check("framegate.intake.memory", "a size, or a part of the heap from 1% to 100%", value -> memory(value) > 0);
        check("framegate.quarantine.max-size", "a size, like 1GB", value -> ByteSize.parse(value) > 0);
        check(
                "framegate.disk.min-free",
                "a size, like 100MB, a part of the disk, like 2%, or 0",
                value -> value.equals("0") || (hasUnit(value) && ByteSize.parseOrPartOf(value, Long.MAX_VALUE) > 0));
        for (String name : List.of(
                "framegate.intake.frame-deadline",
                "framegate.intake.idle-timeout",
                "framegate.store.retry-delay",
                "framegate.durability.interval",
                "framegate.retention.every",
                "framegate.deliver.retry-delay",
                "framegate.deliver.max-retry-delay")) {
            check(name, "a time, like 500ms, 30s or 5m", this::isTime);
        }
        for (String name : List.of(
                "framegate.intake.max-connections",
                "framegate.intake.max-in-flight",
                "framegate.intake.threads",
                "framegate.thumbnail.width",
                "framegate.transform.max-pixels")) {
            check(name, "a number, 1 or more", value -> Integer.parseInt(value, 10) >= 1);
        }
        check("framegate.durability", String.join(", ", Durability.NAMES), Durability.NAMES::contains);
        check("framegate.metrics.cameras", "a number from 0 to 2000", value -> isBetween(value, 0, 2000));
        check(
                "framegate.deduplicate.max-entries",
                "a number from 1 to 10000000",
                value -> isBetween(value, 1, 10_000_000));
        check(WINDOW, "0, or a time, like 10m", value -> isOff(value) || isTime(value));
        check("framegate.store.retries", "a number, 0 or more", value -> Integer.parseInt(value, 10) >= 0);
        for (String name : List.of(
                "framegate.convert.enabled",
                "framegate.thumbnail.enabled",
                "framegate.sidecar.enabled",
                "framegate.jmx.enabled",
                TracingChecks.ENABLED)) {
            check(name, "true or false", Set.of("true", "false")::contains);
        }
        check(
                "framegate.convert.format",
                "jpg, jpeg, png, gif or bmp",
                value -> ImageTransform.writable(value) != null);
        check(
                "framegate.time-zone",
                "system, or a zone like Europe/Berlin",
                value -> value.equals("system") || ZoneId.of(value) != null);
        check("framegate.cameras.names", "address=name, address=name", value -> CameraNames.parse(value) != null);
        for (String name : List.of("framegate.camera.format", "framegate.frames.format")) {
            check(name, String.join(", ", WireFormats.names()), WireFormats.names()::contains);
        }
        check(LogFormat.PROPERTY, "text or json", Set.of("text", "json")::contains);
        check(LogFormat.LEVEL, "TRACE, DEBUG, INFO, WARN or ERROR", value -> Level.toLevel(value, null) != null);
    }

    /** How long images are kept; nothing is a limit that is empty or 0. */
    RetentionLimits retention() {
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

    /** What lies among the images would be taken for images. */
    private void apart() {
        Path images = Path.of(property(IMAGES)).toAbsolutePath().normalize();
        Set<String> names = new TreeSet<>(context.getPropertiesComponent()
                .loadProperties(name -> name.startsWith("framegate.") && name.endsWith(".directory"))
                .stringPropertyNames());
        names.remove(IMAGES);
        for (String name : names) {
            String value = context.resolvePropertyPlaceholders("{{" + name + "}}");
            if (!value.isBlank() && Path.of(value).toAbsolutePath().normalize().startsWith(images)) {
                throw new IllegalStateException(name + ": " + value + " (expected: not below " + IMAGES
                        + " while framegate.retention deletes there)");
            }
        }
    }

    static boolean isBetween(String value, int least, int most) {
        int number = Integer.parseInt(value, 10);
        return number >= least && number <= most;
    }

    static boolean isSize(String value) {
        return hasUnit(value) && ByteSize.parse(value) > 0;
    }

    /** A number alone would be milliseconds or bytes, and whoever writes 30 of retention means days. */
    private static boolean hasUnit(String value) {
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

    private static long memory(String size) {
        return ByteSize.parseOrPartOf(size, Runtime.getRuntime().maxMemory());
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

    private void requireWritable(String name) {
        Path directory = Path.of(property(name));
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": " + directory + " cannot be made (expected: writable)", e);
        }
        if (!Files.isWritable(directory)) {
            throw new IllegalStateException(name + ": " + directory + " (expected: writable)");
        }
    }
}
