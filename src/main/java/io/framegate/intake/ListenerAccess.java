package io.framegate.intake;

import io.framegate.intake.tls.ListenerTls;
import io.framegate.intake.tls.TlsFiles;
import io.framegate.settings.ListenerSettings;
import io.framegate.settings.Networks;
import io.framegate.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect to a listener: addresses, a proxy in front of it, and TLS. Immutable, but for a renewed certificate.
 *
 * @param names the properties, for the log
 * @param allowed empty for everybody
 * @param proxies null if connections begin with no PROXY header
 * @param tls null for plain TCP
 */
public record ListenerAccess(
        ListenerSettings names, Networks allowed, @Nullable Networks proxies, @Nullable ListenerTls tls) {

    /** Everybody, over plain TCP. */
    static final ListenerAccess OPEN = new ListenerAccess(ListenerSettings.CAMERA, Networks.parse(""), null, null);

    /** What the properties say; throws an {@link IllegalArgumentException} if the certificate cannot be used. */
    public static ListenerAccess of(Settings settings, ListenerSettings names) {
        boolean proxied = settings.get(names.proxyProtocol()).equals(ListenerSettings.REQUIRE);
        TlsFiles files = TlsFiles.of(settings, names);
        return new ListenerAccess(
                names,
                settings.get(names.allow()),
                proxied ? settings.get(names.proxyFrom()) : null,
                files == null ? null : new ListenerTls(files));
    }
}
