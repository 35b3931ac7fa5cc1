package io.framegate.settings;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Properties of the outbox, and those that every target has. */
public final class DeliverSettings {

    static final Group GROUP = new Group("Delivery", DeliveryOrder::requireAccepting);

    static final String PREFIX = "framegate.deliver.";

    private static final String OF_TARGET = PREFIX + Setting.TARGET;

    public static final Setting<String> OUTBOX = GROUP.add(
            "framegate.outbox.directory", Types.directory(), "outbox", "The deliveries that wait or are set aside.");

    static final Setting<Duration> RETRY_DELAY = GROUP.add(
            PREFIX + "retry-delay",
            Types.time(),
            "1s",
            "The pause before the first retry of a delivery; it doubles with each retry.");

    static final Setting<Duration> MAX_RETRY_DELAY =
            GROUP.add(PREFIX + "max-retry-delay", Types.time(), "10s", "The longest pause before a retry.");

    static final Setting<Duration> LOGIN_RETRY_DELAY = GROUP.add(
            PREFIX + "login-retry-delay",
            Types.time(),
            "3m",
            "The pause after a target refused the login: many servers ban a client after five failed logins in ten"
                    + " minutes.");

    static final Setting<Integer> REFUSALS = GROUP.add(
            PREFIX + "refusals",
            Types.number(1, Integer.MAX_VALUE),
            "3",
            "The number of refusals after which a delivery is set aside, if the target has accepted another delivery"
                    + " since the start.");

    static final Setting<Integer> FAILURES = GROUP.add(
            PREFIX + "failures",
            Types.number(1, Integer.MAX_VALUE),
            "20",
            "The number of other failures after which a delivery is set aside, if the target accepts other deliveries"
                    + " meanwhile: about three minutes.");

    public static final Setting<String> ACCEPT_AFTER = GROUP.add(
            "framegate.accept.after",
            Types.matching("empty, or targets like `s3, kafka`", "(?:[a-z0-9-]+(?: *, *[a-z0-9-]+)*)?"),
            "",
            "The targets that must have all images and events of a packet before the camera gets its `200`.");

    static final Setting<Duration> ACCEPT_TIMEOUT = GROUP.add(
            "framegate.accept.timeout",
            Types.time(),
            "10s",
            "The longest wait of a packet for these targets; after that the answer is `503`.");

    static final Setting<String> REFERENCE = GROUP.add(
            PREFIX + "reference",
            Types.template(Type.Needs.TEMPLATE),
            "${header.FramegateStoredPath}",
            "The location of the image, as documents name it.");

    static final Setting<Boolean> CLOUD_EVENTS = GROUP.add(
            PREFIX + "cloudevents",
            Types.flag(),
            "false",
            "Deliveries to `kafka`, `http`, `jms`, `amqp` and `mqtt` are CloudEvents 1.0 in binary mode.");

    public static final Setting<Duration> DRAIN_TIMEOUT = GROUP.add(
            "framegate.drain.timeout",
            Types.time(),
            "10m",
            "The longest time in which the gateway finishes its packets and deliveries after `framegate drain`.");

    public static final Setting<Boolean> DRAIN_ON_STOP = GROUP.add(
            "framegate.drain.on-stop",
            Types.flag(),
            "false",
            "`SIGTERM` drains the gateway before it ends, as `framegate drain` does.");

    public static final Setting<Boolean> ENABLED = ofTarget("enabled", Types.flag(), "false", "Turns the target on.");

    static final Setting<String> AFTER = ofTarget(
            "after",
            Types.matching("empty, or the name of another target", "[a-z0-9-]*"),
            "",
            "The target that must have each delivery before this target gets it.");

    static final Setting<Integer> CONCURRENCY = ofTarget(
            "concurrency",
            Types.number(1, 64),
            "2",
            "The number of concurrent deliveries, each from a different camera; `4` for `s3` and `kafka`.");

    public static final Setting<String> PAYLOAD = ofTarget(
            "payload",
            Types.choice(List.of("image", "event")),
            "image",
            "`image`: the bytes of the image; `event`: a document with all headers and the location of the image.");

    static final Setting<String> EVENTS = ofTarget(
            "events",
            Types.events(),
            "false",
            "Delivers events without images too, as documents: `true` is all except keep-alives (cameras send `traject`"
                    + " many times a second).");

    public static final Setting<Long> MAX_SIZE = ofTarget(
            "max-size",
            Types.sizeOrNone(false),
            "",
            "The largest image that the target gets as bytes; `1000KB` for `kafka`.");

    public static final Setting<String> TOO_LARGE = ofTarget(
            "too-large",
            Types.choice(List.of("set-aside", "reference")),
            "set-aside",
            "The handling of larger images: `set-aside` sets them aside at once, `reference` sends their documents"
                    + " instead.");

    static final Setting<Boolean> SIDECAR = ofTarget(
            "sidecar",
            Types.flag(),
            "false",
            "`file`, `ftp`, `sftp`, `s3`: writes a document beside each image, under the image's name and `.json`,"
                    + " before the image.");

    static final List<Setting<?>> COMMON =
            List.of(ENABLED, AFTER, CONCURRENCY, PAYLOAD, EVENTS, MAX_SIZE, TOO_LARGE, SIDECAR);

    /** Only for kinds of targets whose messages can carry attributes. */
    static final Setting<Boolean> CLOUD_EVENTS_OF_TARGET = ofTarget(
            "cloudevents",
            Types.flag(),
            "{{" + CLOUD_EVENTS.name() + "}}",
            "Overrides `framegate.deliver.cloudevents` for this target.");

    private DeliverSettings() {}

    /** Returns the targets that must have all images and events of a packet before the packet is accepted. */
    public static List<String> acceptAfter(Settings settings) {
        return Stream.of(settings.get(ACCEPT_AFTER).split(",", -1))
                .map(String::strip)
                .filter(target -> !target.isEmpty())
                .toList();
    }

    static <T> Setting<T> ofTarget(String name, Type<T> type, String standard, String meaning) {
        return new Setting<>(OF_TARGET + "." + name, type, standard, meaning);
    }
}
