package io.framegate;

import io.framegate.outbox.EventTypes;
import io.framegate.outbox.deliver.DeliverySettings;
import io.framegate.outbox.deliver.KafkaLogin;
import io.framegate.settings.ByteSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must hold of each target, also of one that somebody has added. */
public final class DeliverChecks {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate");

    private static final String PREFIX = "framegate.deliver.";
    private static final Pattern TARGET = Pattern.compile("framegate\\.deliver\\.([a-z0-9-]+)\\.enabled");
    private static final String MAX_FRAME_LENGTH = "framegate.intake.max-frame-length";
    private static final Set<String> BOOLEAN = Set.of("true", "false");

    private static final List<String> KAFKA_PROTOCOLS = List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");

    private static final Map<String, String> URLS = Map.of(
            "framegate.deliver.jms.url", "tcp|ssl|vm|udp|jgroups|http|https|failover",
            "framegate.deliver.amqp.url", "amqp|amqps|amqpws|amqpwss|failover|discovery",
            "framegate.deliver.mqtt.url", "tcp|ssl|ws|wss");

    private final CamelContext context;
    private final GatewaySettings settings;

    DeliverChecks(CamelContext context, GatewaySettings settings) {
        this.context = context;
        this.settings = settings;
    }

    /** The targets that may be switched on, whatever they are called. */
    public static Set<String> knownTargets(CamelContext context) {
        Set<String> known = new TreeSet<>();
        for (String name : properties(context)) {
            Matcher target = TARGET.matcher(name);
            if (target.matches()) {
                known.add(target.group(1));
            }
        }
        return known;
    }

    /** Of the file, and what only {@code -D} names. */
    private static Set<String> properties(CamelContext context) {
        Set<String> names = new TreeSet<>(context.getPropertiesComponent()
                .loadProperties(name -> name.startsWith(PREFIX))
                .stringPropertyNames());
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(PREFIX))
                .forEach(names::add);
        return names;
    }

    /** Throws what is wrong first. */
    void run() {
        for (String name : properties(context)) {
            property(name);
        }
        for (String name : List.of("framegate.deliver.refusals", "framegate.deliver.failures")) {
            settings.check(name, "a number, 1 or more", value -> Integer.parseInt(value, 10) >= 1);
        }
        settings.targets().forEach(this::warnOfImagesTooLarge);
        settings.targets().forEach(this::privateKey);
    }

    private void property(String name) {
        switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "enabled", "tls", "path-style", "sidecar" -> settings.check(name, "true or false", BOOLEAN::contains);
            case "concurrency" ->
                settings.check(name, "a number from 1 to 64", value -> GatewaySettings.isBetween(value, 1, 64));
            case "port" ->
                settings.check(name, "a port, 1 to 65535", value -> GatewaySettings.isBetween(value, 1, 65535));
            case "name" -> path(name);
            case "topic" -> {
                if (name.equals("framegate.deliver.mqtt.topic")) {
                    path(name);
                    settings.check(name, "a topic to send to: no + and no #", value -> !value.matches(".*[+#].*"));
                } else {
                    given(name);
                }
            }
            case "host", "brokers", "destination", "bucket", "region" -> given(name);
            case "method" -> settings.check(name, "POST, PUT or PATCH", Set.of("POST", "PUT", "PATCH")::contains);
            case "endpoint" ->
                settings.check(
                        name,
                        "empty, or http:// or https:// and a host",
                        value -> value.isEmpty() || value.matches("https?://[^/\\s]+.*"));
            case "events" ->
                settings.check(
                        name,
                        "true, false, or types of events like alarmStatus, PEA",
                        value -> EventTypes.parse(value) != null);
            case "payload" -> settings.check(name, "image or event", Set.of("image", "event")::contains);
            case "too-large" ->
                settings.check(name, "set-aside or reference", Set.of("set-aside", "reference")::contains);
            case "max-size" ->
                settings.check(
                        name, "a size, like 1MB, or none", value -> value.isEmpty() || GatewaySettings.isSize(value));
            case "max-request-size" ->
                settings.check(
                        name, "a number of bytes", value -> GatewaySettings.isBetween(value, 1024, Integer.MAX_VALUE));
            case "security-protocol" ->
                settings.check(name, String.join(", ", KAFKA_PROTOCOLS), KAFKA_PROTOCOLS::contains);
            case "sasl" -> sasl(name);
            case "body" -> settings.check(name, "raw or multipart", Set.of("raw", "multipart")::contains);
            case "reference" -> setting(name, DeliverySettings::reference);
            case "headers" -> setting(name, DeliverySettings::httpHeaders);
            case "tags" -> setting(name, DeliverySettings::s3Tags);
            case "url" -> url(name);
            default -> {}
        }
    }

    private void given(String name) {
        settings.check(name, "not empty", value -> !value.isBlank());
    }

    private void path(String name) {
        given(name);
        settings.simpleExpression(name);
        settings.knownHeaders(name);
    }

    private void url(String name) {
        if (name.equals("framegate.deliver.http.url")) {
            setting(name, DeliverySettings::httpUrl);
            return;
        }
        String schemes = URLS.get(name);
        // Not shown: a broker's address may hold a password.
        if (schemes != null && !settings.property(name).strip().matches("\\(?(" + schemes + "):.+")) {
            throw new IllegalArgumentException(name + ": address: not shown (expected: one that begins with "
                    + schemes.replace("|", ":, ") + ":)");
        }
    }

    /** A log-in that the protocol would not make, or the other way round, would look like a broker that is away. */
    private void sasl(String name) {
        settings.check(name, String.join(", ", KafkaLogin.MECHANISMS), KafkaLogin.MECHANISMS::contains);
        String protocol = name.substring(0, name.lastIndexOf('.')) + ".security-protocol";
        if (settings.property(protocol).startsWith("SASL_")
                == settings.property(name).equals("NONE")) {
            throw new IllegalStateException(name + ": " + settings.property(name) + " (expected: NONE if " + protocol
                    + " is PLAINTEXT or SSL, and only then)");
        }
    }

    private interface Setting {
        void check(CamelContext context, String value);
    }

    /** What it says of a value that is wrong shows no more of it than may be in a log. */
    private void setting(String name, Setting setting) {
        try {
            setting.check(context, settings.property(name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage());
        }
    }

    /** Cameras may send what the target is said not to take, and it would be set aside. */
    private void warnOfImagesTooLarge(String target) {
        String maxSize = optional(PREFIX + target + ".max-size");
        String frame = settings.property(MAX_FRAME_LENGTH);
        if (!maxSize.isEmpty()
                && ByteSize.parse(maxSize) < ByteSize.parse(frame)
                && !optional(PREFIX + target + ".payload").equals("event")
                && !optional(PREFIX + target + ".too-large").equals("reference")) {
            LOG.atWarn()
                    .addKeyValue(PREFIX + target + ".max-size", maxSize)
                    .addKeyValue(MAX_FRAME_LENGTH, frame)
                    .addKeyValue(PREFIX + target + ".too-large", "set-aside")
                    .log("larger images will not reach " + target);
        }
    }

    /** Of what is switched on: others may name what comes later. */
    private void privateKey(String target) {
        String file = optional(PREFIX + target + ".private-key");
        if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
            throw new IllegalStateException(
                    PREFIX + target + ".private-key: " + file + " (expected: a file that can be read)");
        }
    }

    private String optional(String name) {
        return context.resolvePropertyPlaceholders("{{" + name + ":}}").strip();
    }
}
