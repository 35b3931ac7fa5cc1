package io.framegate.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Properties of the web port, of metrics, and of the log. */
public final class WebSettings {

    public static final Setting<Boolean> ENABLED = new Setting<>(
            "framegate.web.enabled", Types.flag(), "true", "The live wall, metrics and health over HTTP.");

    public static final Setting<String> HOST =
            new Setting<>("framegate.web.host", Types.given(), "127.0.0.1", "The address that the web port binds to.");

    public static final Setting<Integer> PORT =
            new Setting<>("framegate.web.port", Types.listeningPort(), "8088", "The web port.");

    public static final Setting<Optional<Duration>> SILENT_AFTER = new Setting<>(
            "framegate.web.silent-after",
            Types.timeOrNone("5m"),
            "",
            "When a camera is shown as silent: after a few of its usual intervals, or after this time, which also makes"
                    + " `/observe/health` say so.");

    public static final Setting<String> USER = new Setting<>(
            "framegate.web.user", Types.user(), "", "Every request to the web port must carry this user (Basic).");

    public static final Setting<String> PASSWORD = new Setting<>(
            "framegate.web.password",
            Types.secret(),
            "",
            "The password of that user; better given as an environment variable.");

    public static final Setting<String> TOKEN = new Setting<>(
            "framegate.web.token",
            Types.bearerToken(),
            "",
            "The same for scripts: `Authorization: Bearer <token>`. User or token is enough; a browser needs a user.");

    public static final Setting<String> CERTIFICATE = new Setting<>(
            "framegate.web.tls.certificate",
            Types.text(),
            "",
            "A PEM file with the certificate and those it is signed with: the port speaks HTTPS, and HTTP no more.");

    public static final Setting<String> KEY = new Setting<>(
            "framegate.web.tls.key",
            Types.text(),
            "",
            "A PEM file with its key. The gateway reads both again when they change.");

    public static final Setting<Integer> METERED_CAMERAS = new Setting<>(
            "framegate.metrics.cameras",
            Types.number(0, 2000),
            "200",
            "The most cameras with metrics of their own; all others are counted together.");

    static final Setting<Boolean> JMX = new Setting<>(
            "framegate.jmx.enabled",
            Types.flag(),
            "false",
            "Camel's controls and figures as JMX beans, through which routes can be stopped and started.");

    public static final Setting<String> LOG_FORMAT = new Setting<>(
            "framegate.log.format", Types.choice(List.of("text", "json")), "text", "The format of the log.");

    public static final Setting<String> LOG_LEVEL = new Setting<>(
            "framegate.log.level",
            Types.choiceInAnyCase(List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR")),
            "INFO",
            "`DEBUG` also shows events without images.");

    static final Group GROUP = new Group(
            "Wall, metrics, log",
            List.of(
                    ENABLED,
                    HOST,
                    PORT,
                    SILENT_AFTER,
                    USER,
                    PASSWORD,
                    TOKEN,
                    CERTIFICATE,
                    KEY,
                    METERED_CAMERAS,
                    JMX,
                    LOG_FORMAT,
                    LOG_LEVEL),
            settings -> {
                settings.requireBothOrNone(USER, PASSWORD);
                settings.requireBothOrNone(CERTIFICATE, KEY);
            });

    private WebSettings() {}
}
