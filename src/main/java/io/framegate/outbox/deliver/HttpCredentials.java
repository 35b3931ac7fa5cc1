package io.framegate.outbox.deliver;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * Sends user and password (Basic) with each request instead of after a challenge, so an image is sent only once.
 * Without a user it sends neither.
 */
public final class HttpCredentials implements HttpClientConfigurer {

    private String user = "";
    private String password = "";

    /** The user. Empty if the server needs none. */
    public void setUser(String user) {
        this.user = user;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        // The route tries again, and logs that.
        client.disableAutomaticRetries();
        if (!user.isEmpty()) {
            byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            String basic = "Basic " + Base64.getEncoder().encodeToString(both);
            client.addRequestInterceptorFirst(
                    (request, entity, context) -> request.setHeader(HttpHeaders.AUTHORIZATION, basic));
        }
    }
}
