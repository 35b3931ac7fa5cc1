package io.framegate.settings;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** Properties of workers: gateways that get their images from a broker instead of cameras. */
public final class WorkerSettings {

    static final Group GROUP = new Group("Workers", WorkerSettings::check);

    private static final String PREFIX = "framegate.worker.";
    private static final String KAFKA = PREFIX + "kafka.";
    private static final String JMS = PREFIX + "jms.";

    public static final Setting<Boolean> KAFKA_ENABLED = GROUP.add(
            KAFKA + "enabled",
            Types.flag(),
            "false",
            "Stores and delivers images whose documents (`payload=event`) come from a topic of Kafka.");

    public static final Setting<Boolean> JMS_ENABLED = GROUP.add(
            JMS + "enabled",
            Types.flag(),
            "false",
            "Stores and delivers images whose documents come from a queue of Artemis.");

    static final Setting<String> S3 = GROUP.add(
            PREFIX + "s3",
            Types.matching("the name of a target", "[a-z0-9-]+"),
            "s3",
            "The `s3` target whose endpoint, region, keys and bucket are used to read `s3:` references. It need not be"
                    + " enabled.");

    static final Setting<String> URLS = GROUP.add(
            PREFIX + "urls",
            Types.matching(
                    "empty, or addresses that begin with `http://` or `https://`, with commas between them",
                    "\\s*(https?://[^/,@\\s?#]+(/[^,\\s?#]*)?\\s*(,\\s*https?://[^/,@\\s?#]+(/[^,\\s?#]*)?\\s*)*)?"),
            "",
            "The allowed prefixes of `http:` and `https:` references; empty: none is read.");

    static final Setting<String> DIRECTORY = GROUP.add(
            PREFIX + "directory",
            Types.text(),
            "",
            "The directory below which `file:` references and paths are read; empty: none is read.");

    static final Setting<Integer> MAX_SIZE =
            GROUP.add(PREFIX + "max-size", Types.arraySize("1KB"), "16MB", "The largest image that a worker reads.");

    static final Setting<Duration> PATIENCE = GROUP.add(
            PREFIX + "patience",
            Types.time(),
            "2m",
            "The longest wait for a missing image. After that its document is a dead letter. A worker waits without"
                    + " limit for an unreachable server.");

    static final Setting<Integer> MAX_ENTRIES = GROUP.add(
            PREFIX + "max-entries",
            Types.number(1, 10_000_000),
            "100000",
            "The stored images that a worker remembers to recognise copies, at about 250 bytes of heap each.");

    static final Setting<String> BROKERS =
            GROUP.add(KAFKA + "brokers", Types.brokers(), "127.0.0.1:9092", "The brokers.");

    static final Setting<String> TOPIC = GROUP.add(
            KAFKA + "topic", Types.given(), "framegate.images", "The topic with the documents; the camera is the key.");

    static final Setting<String> GROUP_ID = GROUP.add(
            KAFKA + "group",
            Types.given(),
            "framegate-workers",
            "The consumer group; the workers of a group share the partitions.");

    static final Setting<Integer> KAFKA_CONCURRENCY = GROUP.add(
            KAFKA + "concurrency",
            Types.number(1, 64),
            "2",
            "The number of concurrent images of this worker, each from a different partition.");

    static final Setting<String> DEAD_LETTER_TOPIC = GROUP.add(
            KAFKA + "dead-letter-topic",
            Types.given(),
            "framegate.images.dead",
            "The topic for invalid documents, with the reason in the header `FramegateRejectReason`.");

    static final Setting<String> DONE_TOPIC = GROUP.add(
            KAFKA + "done-topic",
            Types.given(),
            "framegate.images.done",
            "The topic in which workers announce stored images to each other. Every start reads the whole topic, so"
                    + " limit it with `retention.ms`.");

    static final Setting<String> PROTOCOL = GROUP.add(
            KAFKA + "security-protocol",
            BrokerTargets.PROTOCOL.type(),
            BrokerTargets.PROTOCOL.standard(),
            BrokerTargets.PROTOCOL.meaning());

    static final Setting<String> SASL = GROUP.add(
            KAFKA + "sasl", BrokerTargets.SASL.type(), BrokerTargets.SASL.standard(), BrokerTargets.SASL.meaning());

    static final Setting<String> KAFKA_USER = GROUP.add(KAFKA + "user", Types.text(), "", "The user; empty: no login.");

    static final Setting<String> KAFKA_PASSWORD =
            GROUP.add(KAFKA + "password", Types.secret(), "", "The password; better given as an environment variable.");

    static final Setting<String> URL = GROUP.add(
            JMS + "url",
            Types.address("tcp", "vm", "udp", "jgroups"),
            "tcp://127.0.0.1:61616",
            "The broker; `tcp://broker.example:61617?sslEnabled=true` for TLS.");

    static final Setting<String> DESTINATION =
            GROUP.add(JMS + "destination", Types.given(), "framegate.images", "The queue with the documents.");

    static final Setting<Integer> JMS_CONCURRENCY = GROUP.add(
            JMS + "concurrency",
            Types.number(1, 64),
            "2",
            "The number of concurrent images of this worker, each from a different message group.");

    static final Setting<String> DEAD_LETTER_QUEUE = GROUP.add(
            JMS + "dead-letter-queue",
            Types.given(),
            "framegate.images.dead",
            "The queue for invalid documents, with the reason in the property `FramegateRejectReason`.");

    static final Setting<String> JMS_USER = GROUP.add(JMS + "user", Types.text(), "", "The user; empty: no login.");

    static final Setting<String> JMS_PASSWORD =
            GROUP.add(JMS + "password", Types.secret(), "", "The password; better given as an environment variable.");

    private static final String FILE = "worker";

    private WorkerSettings() {}

    /** Returns whether any worker is enabled. */
    public static boolean isOn(Settings settings) {
        return settings.get(KAFKA_ENABLED) || settings.get(JMS_ENABLED);
    }

    /** Returns the route files of the disabled workers, without their extension. */
    public static Set<String> filesOff(Settings settings) {
        Set<String> files = new TreeSet<>();
        if (!settings.get(KAFKA_ENABLED)) {
            files.add(FILE + "-kafka");
        }
        if (!settings.get(JMS_ENABLED)) {
            files.add(FILE + "-jms");
        }
        if (files.size() == 2) {
            files.add(FILE);
        }
        return files;
    }

    private static void check(Settings settings) {
        BrokerTargets.loginFitsProtocol(settings, SASL, PROTOCOL);
    }
}
