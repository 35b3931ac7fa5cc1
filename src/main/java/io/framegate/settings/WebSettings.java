package io.framegate.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Properties of the web port, of metrics, and of the log. */
public final class WebSettings {

    static final Group GROUP = new Group("Wall, metrics, log", settings -> {
        settings.requireBothOrNone(WebSettings.USER, WebSettings.PASSWORD);
        WebSettings.TLS.check(settings);
        if (settings.opensWebPorts()) {
            requireOwnPorts(settings);
        }
    });

    public static final Setting<Boolean> ENABLED =
            GROUP.add("framegate.web.enabled", Types.flag(), "true", "The live wall, metrics and health over HTTP.");

    public static final Setting<String> HOST =
            GROUP.add("framegate.web.host", Types.given(), "127.0.0.1", "The address that the web port binds to.");

    public static final Setting<Integer> PORT =
            GROUP.add("framegate.web.port", Types.listeningPort(), "8088", "The web port.");

    public static final Setting<Optional<Duration>> SILENT_AFTER = GROUP.add(
            "framegate.web.silent-after",
            Types.timeOrNone("5m"),
            "",
            "The time after which a camera counts as silent, on the wall and in `/observe/health`; empty: a few of its"
                    + " usual intervals, on the wall only.");

    public static final Setting<String> USER = GROUP.add(
            "framegate.web.user", Types.user(), "", "Every request to the web port must carry this user (Basic).");

    public static final Setting<String> PASSWORD = GROUP.add(
            "framegate.web.password",
            Types.secret(),
            "",
            "The password of that user; better given as an environment variable.");

    public static final Setting<String> TOKEN = GROUP.add(
            "framegate.web.token",
            Types.bearerToken(),
            "",
            "The token for scripts: `Authorization: Bearer <token>`. User or token is enough; a browser needs a user.");

    public static final TlsSettings TLS = TlsSettings.add(GROUP, "framegate.web", "The port then speaks HTTPS only.");

    public static final Setting<String> OBSERVE_HOST = GROUP.add(
            "framegate.observe.host",
            Types.given(),
            "127.0.0.1",
            "The address that the observe port binds to; in a container `0.0.0.0`.");

    public static final Setting<Optional<Integer>> OBSERVE_PORT = GROUP.add(
            "framegate.observe.port",
            Types.listeningPortOrNone(),
            "",
            "A port for probes and Prometheus: `/observe/health` and `/observe/metrics` over plain HTTP, without a"
                    + " login, and nothing else.");

    public static final Setting<Integer> METERED_CAMERAS = GROUP.add(
            "framegate.metrics.cameras",
            Types.number(0, 2000),
            "200",
            "The number of cameras that are counted one by one; all others are counted together.");

    static final Setting<Boolean> JMX = GROUP.add(
            "framegate.jmx.enabled",
            Types.flag(),
            "false",
            "Camel's controls and figures as JMX beans, through which routes can be stopped and started.");

    public static final Setting<String> NODE = GROUP.add(
            "framegate.node",
            Types.node(),
            "",
            "The gateway's name in headers, metrics, traces, the log as JSON or ECS, and on the wall; empty: the host"
                    + " name.");

    public static final Setting<String> LOG_FORMAT = GROUP.add(
            "framegate.log.format",
            Types.choice(List.of("text", "json", "ecs")),
            "text",
            "The format of the log; `ecs` is JSON with the names of the Elastic Common Schema.");

    public static final Setting<String> LOG_LEVEL = GROUP.add(
            "framegate.log.level",
            Types.choiceInAnyCase(NamedValues.LEVELS),
            "INFO",
            "`DEBUG` also shows events without images. Libraries log nothing below `INFO`.");

    public static final Setting<Map<String, String>> LOGGERS = GROUP.add(
            "framegate.log.loggers",
            Types.levels(),
            "",
            "Levels of libraries, like `org.apache.camel=DEBUG`. Loggers that would write passwords stay at `INFO`.");

    private WebSettings() {}

    /** Returns whether health and metrics are served, on the web port or on a separate port. */
    public static boolean isObserved(Settings settings) {
        return settings.get(ENABLED) || settings.get(OBSERVE_PORT).isPresent();
    }

    private static void requireOwnPorts(Settings settings) {
        if (settings.get(ENABLED)) {
            for (Setting<Integer> port : List.of(IntakeSettings.CAMERA_PORT, IntakeSettings.FRAMES_PORT)) {
                settings.requireOwnPort(HOST, PORT, IntakeSettings.HOST, port);
            }
        }
        settings.get(OBSERVE_PORT).ifPresent(port -> requireOwnPort(settings, port));
    }

    private static void requireOwnPort(Settings settings, int port) {
        String name = OBSERVE_PORT.name();
        for (Setting<Integer> other : List.of(IntakeSettings.CAMERA_PORT, IntakeSettings.FRAMES_PORT)) {
            settings.requireOwnPort(OBSERVE_HOST, name, port, IntakeSettings.HOST, other);
        }
        if (settings.get(ENABLED)) {
            settings.requireOwnPort(OBSERVE_HOST, name, port, HOST, PORT);
        }
    }
}
