package io.framegate.watch.web;

import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.main.DefaultMainHttpServerFactory;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.HttpServerConfigurationProperties;

/**
 * Creates the HTTP servers of Camel's own properties, and refuses settings that would bypass {@link WebGate} or seem to
 * protect it.
 */
public final class HttpServerFactory extends DefaultMainHttpServerFactory {

    private final WebAccess access;

    /** Guards the server with this access. */
    public HttpServerFactory(WebAccess access) {
        this.access = access;
    }

    @Override
    public Service newHttpManagementServer(CamelContext context, HttpManagementServerConfigurationProperties asked) {
        if (asked.getPort() != access.port()) {
            throw refused("port: " + asked.getPort(), "framegate.web.port");
        }
        if (!access.host().equals(asked.getHost())) {
            throw refused("host: " + asked.getHost(), "framegate.web.host");
        }
        if (asked.isAuthenticationEnabled()) {
            throw refused("authentication-enabled: true", "framegate.web.user or framegate.web.token instead");
        }
        if (asked.isUseGlobalSslContextParameters()) {
            throw refused("use-global-ssl-context-parameters: true", "framegate.web.tls.certificate instead");
        }
        return super.newHttpManagementServer(context, asked);
    }

    private static IllegalArgumentException refused(String what, String expected) {
        return new IllegalArgumentException("camel.management." + what + " (expected: " + expected + ")");
    }

    @Override
    public Service newHttpServer(CamelContext context, HttpServerConfigurationProperties asked) {
        if (asked.getPort() == access.port()) {
            throw new IllegalArgumentException(
                    "camel.server.port: " + asked.getPort() + " (expected: another than framegate.web.port)");
        }
        return super.newHttpServer(context, asked);
    }
}
