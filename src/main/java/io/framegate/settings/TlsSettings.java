package io.framegate.settings;

/**
 * The properties of a port's certificate: PEM files that the gateway reads again when they change.
 *
 * @param certificate empty for a port without TLS
 * @param keyPassword empty for a key that is not encrypted
 */
public record TlsSettings(Setting<String> certificate, Setting<String> key, Setting<String> keyPassword) {

    /** Adds the properties of a port, such as {@code framegate.web}, to a group. */
    static TlsSettings add(Group group, String port, String meaning) {
        return new TlsSettings(
                group.add(
                        port + ".tls.certificate",
                        Types.text(),
                        "",
                        "A PEM file with the certificate, followed by its chain. " + meaning),
                group.add(
                        port + ".tls.key",
                        Types.text(),
                        "",
                        "A PEM file with its key. The gateway reads both again when they change."),
                group.add(
                        port + ".tls.key-password",
                        Types.secret(),
                        "",
                        "The password of that key, if it is encrypted; better given as an environment variable."));
    }

    /** Throws if only one of the two files is given. */
    void check(Settings settings) {
        settings.requireBothOrNone(certificate, key);
    }
}
