package io.framegate;

import io.framegate.image.ImageTransform;
import io.framegate.intake.WireFormats;
import io.framegate.log.LogFormat;
import io.framegate.receive.CameraNames;
import io.framegate.settings.ByteSize;
import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/**
 * What must hold before anything is opened. Camel would find most of it too, but some only at the first image, and without the
 * property's name. Each refusal is one line: the property, its value, and what is expected.
 */
public final class StartChecks {

    private static final List<String> PORTS = List.of("framegate.camera.port", "framegate.frames.port");
    private static final String NAME = "framegate.images.name";

    private final CamelContext context;
    private final GatewaySettings settings;

    /** Of these settings. */
    public StartChecks(CamelContext context, GatewaySettings settings) {
        this.context = context;
        this.settings = settings;
    }

    /** Throws what is wrong first. */
    public void run() {
        values();
        settings.credentials("framegate.http");
        settings.web().run();
        settings.simpleExpression(NAME);
        settings.knownHeaders(NAME);
        new DeliverChecks(context, settings).run();
        new TracingChecks(settings).run();
        if (!settings.retention().isOff()) {
            apart();
        }
        for (String name : PORTS) {
            ListenAddress.check(settings::property, "framegate.camera.host", name);
        }
        requireWritable("framegate.quarantine.directory");
    }

    private void values() {
        String size = "a size from 1 to 1GB, like 16MB";
        settings.check("framegate.intake.max-frame-length", size, value -> ByteSize.parseInt(value) > 0);
        settings.check("framegate.intake.max-document-length", size, value -> ByteSize.parseInt(value) > 0);
        settings.check(
                "framegate.intake.memory", "a size, or a part of the heap from 1% to 100%", value -> memory(value) > 0);
        settings.check("framegate.quarantine.max-size", "a size, like 1GB", value -> ByteSize.parse(value) > 0);
        settings.check(
                "framegate.disk.min-free",
                "a size, like 100MB, a part of the disk, like 2%, or 0",
                value -> value.equals("0")
                        || (GatewaySettings.hasUnit(value) && ByteSize.parseOrPartOf(value, Long.MAX_VALUE) > 0));
        for (String name : List.of(
                "framegate.intake.frame-deadline",
                "framegate.intake.idle-timeout",
                "framegate.store.retry-delay",
                "framegate.durability.interval",
                "framegate.retention.every",
                "framegate.deliver.retry-delay",
                "framegate.deliver.max-retry-delay")) {
            settings.check(name, "a time, like 500ms, 30s or 5m", settings::isTime);
        }
        for (String name : List.of(
                "framegate.intake.max-connections",
                "framegate.intake.max-in-flight",
                "framegate.intake.threads",
                "framegate.thumbnail.width",
                "framegate.transform.max-pixels")) {
            settings.check(name, "a number, 1 or more", value -> Integer.parseInt(value, 10) >= 1);
        }
        settings.check("framegate.durability", String.join(", ", Durability.NAMES), Durability.NAMES::contains);
        settings.check(
                "framegate.metrics.cameras",
                "a number from 0 to 2000",
                value -> GatewaySettings.isBetween(value, 0, 2000));
        settings.check(
                "framegate.deduplicate.max-entries",
                "a number from 1 to 10000000",
                value -> GatewaySettings.isBetween(value, 1, 10_000_000));
        settings.check(
                GatewaySettings.WINDOW,
                "0, or a time, like 10m",
                value -> GatewaySettings.isOff(value) || settings.isTime(value));
        settings.check("framegate.store.retries", "a number, 0 or more", value -> Integer.parseInt(value, 10) >= 0);
        for (String name : List.of(
                "framegate.convert.enabled",
                "framegate.thumbnail.enabled",
                "framegate.sidecar.enabled",
                "framegate.jmx.enabled",
                TracingChecks.ENABLED)) {
            settings.check(name, "true or false", Set.of("true", "false")::contains);
        }
        settings.check(
                "framegate.convert.format",
                "jpg, jpeg, png, gif or bmp",
                value -> ImageTransform.writable(value) != null);
        settings.check(
                "framegate.time-zone",
                "system, or a zone like Europe/Berlin",
                value -> value.equals("system") || ZoneId.of(value) != null);
        settings.check(
                "framegate.cameras.names", "address=name, address=name", value -> CameraNames.parse(value) != null);
        for (String name : List.of("framegate.camera.format", "framegate.frames.format")) {
            settings.check(name, String.join(", ", WireFormats.names()), WireFormats.names()::contains);
        }
        settings.check(LogFormat.PROPERTY, "text or json", Set.of("text", "json")::contains);
        settings.check(LogFormat.LEVEL, "TRACE, DEBUG, INFO, WARN or ERROR", value -> value.toUpperCase(Locale.ROOT)
                .matches("TRACE|DEBUG|INFO|WARN|ERROR"));
    }

    /** What lies among the images would be taken for images. */
    private void apart() {
        Path images = Path.of(settings.property(GatewaySettings.IMAGES))
                .toAbsolutePath()
                .normalize();
        Set<String> names = new TreeSet<>(context.getPropertiesComponent()
                .loadProperties(name -> name.startsWith("framegate.") && name.endsWith(".directory"))
                .stringPropertyNames());
        names.remove(GatewaySettings.IMAGES);
        for (String name : names) {
            String value = context.resolvePropertyPlaceholders("{{" + name + "}}");
            if (!value.isBlank() && Path.of(value).toAbsolutePath().normalize().startsWith(images)) {
                throw new IllegalStateException(name + ": " + value + " (expected: not below " + GatewaySettings.IMAGES
                        + " while framegate.retention deletes there)");
            }
        }
    }

    private static long memory(String size) {
        return ByteSize.parseOrPartOf(size, Runtime.getRuntime().maxMemory());
    }

    private void requireWritable(String name) {
        Path directory = Path.of(settings.property(name));
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
