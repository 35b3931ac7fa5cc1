package io.framegate.settings;

import static io.framegate.settings.DeliverSettings.ofTarget;
import static io.framegate.settings.TargetKind.withLogin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Properties of targets that store files by name. */
final class FileTargets {

    static final Setting<String> NAME = ofTarget(
            "name",
            Types.expression(),
            "${header.FramegateCameraName}/${header.FramegateCapturedDate}/"
                    + "${header.FramegateDeliveryId}.${header.FramegateExtension}",
            "The path on the target; every part is made a safe name.");

    private static final Setting<String> HOST = ofTarget("host", Types.host(), "127.0.0.1", "The server.");
    private static final Setting<String> DIRECTORY =
            ofTarget("directory", Types.text(), "", "The directory on the server; empty: the login directory.");
    private static final Setting<String> PRIVATE_KEY =
            ofTarget("private-key", Types.text(), "", "The file with the private key.");

    private static final Setting<String> KNOWN_HOSTS = ofTarget(
            "known-hosts",
            Types.text(),
            "{{sys:user.home}}/.ssh/known_hosts",
            "The file with the server's key; the gateway sends nothing to an unknown server.");

    private FileTargets() {}

    static TargetKind file() {
        return new TargetKind(
                "file",
                List.of(ofTarget("directory", Types.directory(), "delivered", "The tree of delivered files."), NAME));
    }

    static TargetKind ftp() {
        Setting<Boolean> tls = ofTarget(
                "tls",
                Types.flag(),
                "false",
                "FTPS: AUTH TLS, with Java's trust store; vsftpd needs `require_ssl_reuse=NO`.");
        return new TargetKind("ftp", withLogin("anonymous", HOST, port("21"), tls, DIRECTORY, NAME));
    }

    static TargetKind sftp() {
        return new TargetKind(
                "sftp",
                withLogin("", HOST, port("22"), PRIVATE_KEY, KNOWN_HOSTS, DIRECTORY, NAME),
                Map.of(),
                FileTargets::filesCanBeRead);
    }

    private static Setting<Integer> port(String standard) {
        return ofTarget("port", Types.port(), standard, "The port of the server.");
    }

    /** Checks enabled targets only: a disabled one may name a file that does not exist yet. */
    private static void filesCanBeRead(Settings settings, String target) {
        if (settings.get(DeliverSettings.ENABLED.of(target))) {
            check(settings, PRIVATE_KEY.of(target), true);
            // A missing file means that no server is known yet.
            check(settings, KNOWN_HOSTS.of(target), false);
        }
    }

    private static void check(Settings settings, Setting<String> setting, boolean required) {
        String file = settings.get(setting);
        if (file.isEmpty() || (!required && !Files.exists(Path.of(file)))) {
            return;
        }
        try {
            SmallFile.read(Path.of(file));
        } catch (IOException e) {
            String more = e instanceof SmallFile.RefusedException ? ", " + e.getMessage() : "";
            throw new SettingException(setting.name(), file + " (expected: a file that can be read" + more + ")");
        }
    }
}
