package io.framegate.settings;

import java.util.List;

/**
 * Properties that limit the access to a listener: TLS, addresses, and a proxy in front of it.
 *
 * @param clientCa empty if clients need no certificate
 * @param allow empty if all addresses may connect
 */
public record ListenerSettings(
        TlsSettings tls,
        Setting<String> clientCa,
        Setting<Networks> allow,
        Setting<String> proxyProtocol,
        Setting<Networks> proxyFrom) {

    /** The value of {@link #proxyProtocol} that requires a PROXY header at the start of each connection. */
    public static final String REQUIRE = "require";

    static final Group GROUP = new Group("Who may connect", settings -> {
        ListenerSettings.CAMERA.check(settings);
        ListenerSettings.FRAMES.check(settings);
    });

    public static final ListenerSettings CAMERA = add("framegate.camera");

    public static final ListenerSettings FRAMES = add("framegate.frames");

    private static ListenerSettings add(String port) {
        return new ListenerSettings(
                TlsSettings.add(GROUP, port, "The listener then speaks TLS 1.2 and 1.3 only."),
                GROUP.add(
                        port + ".tls.client-ca",
                        Types.text(),
                        "",
                        "A PEM file with certificates; a client must present a certificate that one of them signed."),
                GROUP.add(
                        port + ".allow",
                        Types.networks(),
                        "",
                        "The addresses that may connect; empty: all addresses. Other connections are closed before the"
                                + " first byte."),
                GROUP.add(
                        port + ".proxy-protocol",
                        Types.choice(List.of("off", REQUIRE)),
                        "off",
                        "`require`: every connection begins with a PROXY header, version 1 or 2, with the camera's"
                                + " address."),
                GROUP.add(
                        port + ".proxy-from",
                        Types.networks(),
                        "",
                        "The proxies that send this header; no other address may connect."));
    }

    private void check(Settings settings) {
        tls.check(settings);
        if (!settings.text(clientCa).isEmpty()
                && settings.text(tls.certificate()).isEmpty()) {
            throw new SettingException(
                    clientCa.name(),
                    settings.text(clientCa) + " (expected: with "
                            + tls.certificate().name() + ")");
        }
        boolean proxied = settings.get(proxyProtocol).equals(REQUIRE);
        if (!proxied && !settings.get(proxyFrom).isEmpty()) {
            throw new SettingException(
                    proxyFrom.name(),
                    settings.text(proxyFrom) + " (expected: with " + proxyProtocol.name() + "=" + REQUIRE
                            + "; without it, everybody may connect)");
        }
        if (proxied && settings.get(proxyFrom).isEmpty()) {
            throw new SettingException(
                    proxyFrom.name(),
                    "none (expected: the proxies' addresses, because " + proxyProtocol.name() + " is " + REQUIRE + ")");
        }
    }
}
