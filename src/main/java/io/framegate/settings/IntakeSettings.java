package io.framegate.settings;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Properties of the listeners: addresses, wire formats, and limits of connections. */
public final class IntakeSettings {

    static final Group GROUP = new Group("Listeners", settings -> {
        settings.requireBothOrNone(IntakeSettings.USER, IntakeSettings.PASSWORD);
        if (settings.get(IntakeSettings.BAN).isPresent() && settings.get(IntakeSettings.MAX_REJECTS_PER_PEER) == 0) {
            throw new SettingException(
                    IntakeSettings.BAN.name(),
                    settings.text(IntakeSettings.BAN) + " (expected: with " + IntakeSettings.MAX_REJECTS_PER_PEER.name()
                            + ", which is 0: nobody is banned)");
        }
        settings.requireOwnPort(
                IntakeSettings.HOST, IntakeSettings.FRAMES_PORT, IntakeSettings.HOST, IntakeSettings.CAMERA_PORT);
    });

    private static final List<String> FORMATS = List.of(
            "auto",
            "xml",
            "http",
            "length64",
            "length16",
            "lengthline",
            "le32",
            "be32",
            "le64",
            "be64",
            "jpeg",
            "mjpeg",
            "json");

    public static final Setting<Boolean> CAMERA_ENABLED = GROUP.add(
            "framegate.camera.enabled", Types.flag(), "true", "Opens the listener for cameras; a worker needs none.");

    public static final Setting<Boolean> FRAMES_ENABLED =
            GROUP.add("framegate.frames.enabled", Types.flag(), "true", "Opens the second listener.");

    public static final Setting<String> HOST =
            GROUP.add("framegate.camera.host", Types.given(), "0.0.0.0", "The address that both listeners bind to.");

    public static final Setting<Integer> CAMERA_PORT =
            GROUP.add("framegate.camera.port", Types.listeningPort(), "18000", "The listener for cameras.");

    public static final Setting<Integer> FRAMES_PORT =
            GROUP.add("framegate.frames.port", Types.listeningPort(), "8080", "A second listener of the same kind.");

    public static final Setting<String> CAMERA_FORMAT = GROUP.add(
            "framegate.camera.format",
            Types.wireFormat(FORMATS),
            "auto",
            "The one wire format of this listener; `auto` recognises all of them.");

    public static final Setting<String> FRAMES_FORMAT = GROUP.add(
            "framegate.frames.format",
            Types.wireFormat(FORMATS),
            "auto",
            "The one wire format of the second listener.");

    public static final Setting<Map<String, String>> NAMES = GROUP.add(
            "framegate.cameras.names",
            Types.cameraNames(),
            "",
            "Names of cameras that do not send a name or a MAC address: `192.0.2.7=front-door, 192.0.2.8=yard`.");

    public static final Setting<Map<String, ZoneId>> TIME_ZONES = GROUP.add(
            "framegate.cameras.time-zones",
            Types.cameraZones(),
            "",
            "Zones of cameras that send local times, by address or camera id: `192.0.2.7=Europe/Berlin`; all others are"
                    + " in `framegate.time-zone`.");

    public static final Setting<Boolean> CHANNELS = GROUP.add(
            "framegate.cameras.channels",
            Types.flag(),
            "true",
            "Each channel of a recorder, from the second on, is a separate camera.");

    public static final Setting<String> KEEPALIVES = GROUP.add(
            "framegate.cameras.keepalives",
            Types.keepalives(),
            "",
            "More documents that are keep-alives and no events: `type=ping, kind=beat&uptime`.");

    public static final Setting<Integer> MAX_FRAME_LENGTH = GROUP.add(
            "framegate.intake.max-frame-length",
            Types.arraySize("64KB"),
            "16MB",
            "The largest packet; the gateway skips the rest of a larger packet.");

    public static final Setting<Integer> MAX_DOCUMENT_LENGTH = GROUP.add(
            "framegate.intake.max-document-length",
            Types.arraySize("4KB"),
            "256KB",
            "The largest packet without its images; cameras send 1 to 3 KB.");

    public static final Setting<Duration> FRAME_DEADLINE = GROUP.add(
            "framegate.intake.frame-deadline", Types.time(), "30s", "The time from a packet's first byte to its last.");

    public static final Setting<Duration> IDLE_TIMEOUT = GROUP.add(
            "framegate.intake.idle-timeout",
            Types.time(),
            "300s",
            "Closes connections that were idle for longer; keep it above the cameras' heartbeat.");

    public static final Setting<Integer> MAX_CONNECTIONS = GROUP.add(
            "framegate.intake.max-connections",
            Types.number(1, Integer.MAX_VALUE),
            "2000",
            "Open connections; a further one replaces a quiet connection of the address with most connections, or is"
                    + " closed.");

    public static final Setting<Integer> MAX_IN_FLIGHT = GROUP.add(
            "framegate.intake.max-in-flight",
            Types.number(1, Integer.MAX_VALUE),
            "2",
            "Packets of one connection in the routes at a time.");

    public static final Setting<String> MEMORY = GROUP.add(
            "framegate.intake.memory",
            Types.sizeOrPart("heap", "1MB"),
            "25%",
            "The bytes that all connections together may hold; above this limit, cameras wait.");

    public static final Setting<Integer> MAX_CONNECTIONS_PER_PEER = GROUP.add(
            "framegate.intake.max-connections-per-peer",
            Types.number(1, Integer.MAX_VALUE),
            "1000",
            "Open connections of one address; raise it for more cameras behind one router.");

    public static final Setting<String> MEMORY_PER_PEER = GROUP.add(
            "framegate.intake.memory-per-peer",
            Types.sizeOrPart("memory of all connections", "1MB"),
            "50%",
            "The bytes that the connections of one address together may hold; above this limit, they wait.");

    public static final Setting<Integer> MAX_REJECTS_PER_PEER = GROUP.add(
            "framegate.intake.max-rejects-per-peer",
            Types.number(0, Integer.MAX_VALUE),
            "0",
            "Rejects of one address in a minute, including wrong passwords; a further one closes its connection. `0`:"
                    + " no limit.");

    public static final Setting<Optional<Duration>> BAN = GROUP.add(
            "framegate.intake.ban",
            Types.timeOrNone("10m"),
            "0",
            "Refuses an address for this time after more rejects than `framegate.intake.max-rejects-per-peer`; `0`:"
                    + " never.");

    public static final Setting<Optional<Integer>> THREADS = GROUP.add(
            "framegate.intake.threads",
            Types.numberOrNone(),
            "",
            "Threads that run the routes; empty: one for each processor, at least 4. A connection keeps its thread, so"
                    + " its images keep their order.");

    public static final Setting<String> USER = GROUP.add(
            "framegate.http.user",
            Types.text(),
            "",
            "HTTP requests must log in as this user (Basic or Digest), if one is given; all other formats on the port"
                    + " are then refused.");

    public static final Setting<String> PASSWORD = GROUP.add(
            "framegate.http.password",
            Types.secret(),
            "",
            "The password of that user; better given as an environment variable.");

    public static final Setting<String> ANSWER = GROUP.add(
            "framegate.http.answer",
            Types.choice(List.of("auto", "tvt", "hikvision", "dahua", "gat1400", "ok")),
            "auto",
            "The body of a successful HTTP response; `auto`: the body that the camera's maker expects.");

    public static final Setting<List<String>> CAMERA = GROUP.add(
            "framegate.http.camera",
            Types.cameraPlaces(),
            "?camera, ?cam, ?deviceId, ?mac, X-Device-Id, X-Camera-Id, /hikfeed/{camera}",
            "The places in an HTTP request that may name the camera, unless its packet has a MAC address; the first"
                    + " safe name counts.");

    public static final Setting<Networks> TRUSTED_PROXIES = GROUP.add(
            "framegate.http.trusted-proxies",
            Types.networks(),
            "",
            "HTTP proxies whose `X-Forwarded-For` or `Forwarded` has the camera's address; these headers of other peers"
                    + " are ignored.");

    private IntakeSettings() {}
}
