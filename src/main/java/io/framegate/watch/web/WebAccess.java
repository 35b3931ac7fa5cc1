package io.framegate.watch.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * How the web port is reached, and by whom. Immutable.
 *
 * @param host the address that it is bound to
 * @param certificate what it shows; null for HTTP without TLS
 */
public record WebAccess(String host, int port, WebLogin login, @Nullable WebCertificate certificate) {

    /** Whether everybody who reaches the port may see everything, and not only this machine does. */
    public boolean isOpenToOthers() {
        return login.isOpen() && !isLoopback();
    }

    /** What to type into a browser on this machine's network. */
    public String url() {
        String scheme = certificate == null ? "http" : "https";
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/";
    }

    /** Who has to log in is told apart by that, and on other addresses nobody knows all names of this machine. */
    WebGate gate(Handler<HttpServerRequest> behind) {
        return new WebGate(login, login.isOpen() && isLoopback() ? new HostNames(host) : null, behind);
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
