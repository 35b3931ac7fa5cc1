package io.framegate.settings;

import static io.framegate.settings.DeliverSettings.CLOUD_EVENTS_OF_TARGET;
import static io.framegate.settings.DeliverSettings.ofTarget;
import static io.framegate.settings.TargetKind.withLogin;

import java.util.List;
import java.util.Map;

/** Properties of targets that are message brokers. */
final class BrokerTargets {

    static final Setting<String> PROTOCOL = ofTarget(
            "security-protocol",
            Types.choice(List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")),
            "PLAINTEXT",
            "`SSL` for TLS; with a user `SASL_SSL` or `SASL_PLAINTEXT`.");

    static final Setting<String> SASL = ofTarget(
            "sasl",
            Types.choice(List.of("NONE", "PLAIN", "SCRAM_SHA_256", "SCRAM_SHA_512")),
            "NONE",
            "The mechanism of the login.");

    private static final Setting<String> MQTT_URL = ofTarget(
            "url", Types.address("tcp", "ssl", "ws", "wss"), "tcp://127.0.0.1:1883", "The broker; `ssl://` for TLS.");

    private static final Setting<String> VERSION = ofTarget(
            "version",
            Types.choice(List.of("5", "3.1.1")),
            "5",
            "The version of MQTT. `3.1.1` has no metadata, and needs `tcp://` or `ssl://`.");

    private BrokerTargets() {}

    static TargetKind jms() {
        return queue(
                "jms",
                "tcp://127.0.0.1:61616",
                "The broker; `tcp://broker.example:61617?sslEnabled=true` for TLS.",
                "tcp",
                "vm",
                "udp",
                "jgroups");
    }

    static TargetKind amqp() {
        return queue(
                "amqp",
                "amqp://127.0.0.1:5672",
                "The broker; `amqps://` for TLS.",
                "amqp",
                "amqps",
                "amqpws",
                "amqpwss",
                "failover",
                "discovery");
    }

    private static TargetKind queue(String name, String url, String meaning, String... schemes) {
        return new TargetKind(
                name,
                withLogin(
                        "",
                        ofTarget("url", Types.address(schemes), url, meaning),
                        ofTarget("destination", Types.given(), "framegate.images", "A queue, or `topic:name`."),
                        CLOUD_EVENTS_OF_TARGET));
    }

    static TargetKind kafka() {
        return new TargetKind(
                "kafka",
                withLogin(
                        "",
                        ofTarget("brokers", Types.brokers(), "127.0.0.1:9092", "The brokers."),
                        ofTarget("topic", Types.given(), "framegate.images", "The topic."),
                        PROTOCOL,
                        SASL,
                        ofTarget(
                                "max-request-size",
                                Types.number(1024, Integer.MAX_VALUE),
                                "33554432",
                                "The longest record that the client sends, in bytes."),
                        CLOUD_EVENTS_OF_TARGET),
                Map.of("concurrency", "4", "max-size", "1000KB"),
                BrokerTargets::loginFitsProtocol);
    }

    static TargetKind mqtt() {
        return new TargetKind(
                "mqtt",
                withLogin(
                        "",
                        MQTT_URL,
                        VERSION,
                        ofTarget(
                                "topic",
                                Types.matching("a topic to send to, without + and #", "[^+#]*[^+#\\s][^+#]*")
                                        .needing(Type.Needs.EXPRESSION),
                                "framegate/images/${header.FramegateCameraName}",
                                "The topic."),
                        CLOUD_EVENTS_OF_TARGET),
                Map.of(),
                BrokerTargets::versionFits);
    }

    private static void versionFits(Settings settings, String target) {
        Setting<String> url = MQTT_URL.of(target);
        Setting<String> version = VERSION.of(target);
        if (settings.get(version).equals("3.1.1") && !settings.get(url).matches("(tcp|ssl):.*")) {
            throw new SettingException(
                    version.name(), "3.1.1 (expected: 5, or a " + url.name() + " that begins with tcp: or ssl:)");
        }
        Setting<Boolean> cloudEvents = CLOUD_EVENTS_OF_TARGET.of(target);
        boolean on = settings.get(DeliverSettings.ENABLED.of(target)) && settings.get(cloudEvents);
        if (on && settings.get(version).equals("3.1.1")) {
            throw new SettingException(
                    cloudEvents.name(),
                    "true (expected: false, or " + version.name() + "=5, which has user properties)");
        }
    }

    /**
     * Refuses a SASL mechanism without a SASL protocol, and a SASL protocol without a mechanism: both would look like
     * an unreachable broker.
     */
    private static void loginFitsProtocol(Settings settings, String target) {
        loginFitsProtocol(settings, SASL.of(target), PROTOCOL.of(target));
    }

    /** Checks these two properties in the same way. */
    static void loginFitsProtocol(Settings settings, Setting<String> sasl, Setting<String> protocol) {
        if (settings.get(protocol).startsWith("SASL_") == settings.get(sasl).equals("NONE")) {
            throw new SettingException(
                    sasl.name(),
                    settings.get(sasl) + " (expected: NONE if " + protocol.name()
                            + " is PLAINTEXT or SSL, and only then)");
        }
    }
}
