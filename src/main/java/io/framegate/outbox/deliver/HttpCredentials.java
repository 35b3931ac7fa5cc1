package io.framegate.outbox.deliver;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpHeaders;

/** Sends user and password (Basic) with every request, because an image should not go twice; nothing without a user. */
public final class HttpCredentials implements HttpClientConfigurer {

    private String user = "";
    private String password = "";

    /** The user; empty if the server asks for none. */
    public void setUser(String user) {
        this.user = user;
    }

    /** Its password. */
    public void setPassword(String password) {
        this.password = password;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        // The route tries again, and says so.
        client.disableAutomaticRetries();
        if (!user.isEmpty()) {
            byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            String basic = "Basic " + Base64.getEncoder().encodeToString(both);
            client.addRequestInterceptorFirst(
                    (request, entity, context) -> request.setHeader(HttpHeaders.AUTHORIZATION, basic));
        }
    }
}
