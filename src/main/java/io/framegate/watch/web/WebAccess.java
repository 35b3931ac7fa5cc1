package io.framegate.watch.web;

import io.framegate.intake.tls.CertificateRenewal;
import io.framegate.intake.tls.TlsFiles;
import io.framegate.settings.SettingException;
import io.framegate.settings.Settings;
import io.framegate.settings.WebSettings;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The address, login and certificate of the web port. Immutable, but for a renewed certificate.
 *
 * @param host the address that the port is bound to
 * @param certificate null for HTTP without TLS
 */
public record WebAccess(String host, int port, WebLogin login, @Nullable CertificateRenewal certificate) {

    /** Reads the access from the properties. Throws if the certificate cannot be served. */
    public static WebAccess of(Settings settings) {
        TlsFiles files = settings.get(WebSettings.ENABLED) ? TlsFiles.of(settings, WebSettings.TLS) : null;
        return new WebAccess(
                settings.get(WebSettings.HOST),
                settings.get(WebSettings.PORT),
                new WebLogin(
                        settings.get(WebSettings.USER),
                        settings.get(WebSettings.PASSWORD),
                        settings.get(WebSettings.TOKEN)),
                files == null ? null : new CertificateRenewal(files));
    }

    /** The observe port: no login and no TLS. Null if there is none. */
    public static @Nullable WebAccess ofObservers(Settings settings) {
        return settings.get(WebSettings.OBSERVE_PORT)
                .map(port ->
                        new WebAccess(settings.get(WebSettings.OBSERVE_HOST), port, new WebLogin("", "", ""), null))
                .orElse(null);
    }

    /** Returns the problem of a certificate that cannot be served. */
    public static Optional<SettingException> problem(Settings settings) {
        try {
            if (settings.get(WebSettings.ENABLED)) {
                of(settings);
            }
            return Optional.empty();
        } catch (SettingException e) {
            return Optional.of(e);
        }
    }

    /** Whether other machines may see everything without a login. */
    public boolean isOpenToOthers() {
        return login.isOpen() && !isLoopback();
    }

    /** The address for a browser. */
    public String url() {
        String scheme = certificate == null ? "http" : "https";
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/";
    }

    /** Checks host names only on an open loopback server: elsewhere the login protects, and our names are unknown. */
    WebGate gate(Handler<HttpServerRequest> next) {
        return new WebGate(login, login.isOpen() && isLoopback() ? new HostNames(host) : null, next);
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
