package io.framegate.settings;

import static io.framegate.settings.DeliverSettings.ofTarget;
import static io.framegate.settings.TargetKind.withLogin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Properties of targets that keep files under names. */
final class FileTargets {

    static final Setting<String> NAME = ofTarget(
            "name",
            Types.expression(),
            "${header.FramegateCameraName}/${header.FramegateReceivedDate}/${header.FramegateFileName}",
            "The path there; every part is made a safe name.");

    private static final Setting<String> HOST = ofTarget("host", Types.given(), "127.0.0.1", "The server.");
    private static final Setting<String> DIRECTORY =
            ofTarget("directory", Types.text(), "", "The directory there; empty: the login's.");
    private static final Setting<String> PRIVATE_KEY =
            ofTarget("private-key", Types.text(), "", "The file of a private key.");

    private FileTargets() {}

    static TargetKind file() {
        return new TargetKind(
                "file",
                List.of(ofTarget("directory", Types.directory(), "delivered", "A second tree of files."), NAME));
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
        Setting<String> knownHosts = ofTarget(
                "known-hosts",
                Types.text(),
                "{{sys:user.home}}/.ssh/known_hosts",
                "The file with the server's key; an unknown server gets nothing.");
        return new TargetKind(
                "sftp",
                withLogin("", HOST, port("22"), PRIVATE_KEY, knownHosts, DIRECTORY, NAME),
                Map.of(),
                FileTargets::privateKeyIsThere);
    }

    private static Setting<Integer> port(String standard) {
        return ofTarget("port", Types.port(), standard, "Its port.");
    }

    /** Only of a target that is on: another one may name a file that does not exist yet. */
    private static void privateKeyIsThere(Settings settings, String target) {
        Setting<String> key = PRIVATE_KEY.of(target);
        String file = settings.get(key);
        if (settings.get(DeliverSettings.ENABLED.of(target)) && !file.isEmpty() && !Files.isReadable(Path.of(file))) {
            throw new SettingException(key.name(), file + " (expected: a file that can be read)");
        }
    }
}
