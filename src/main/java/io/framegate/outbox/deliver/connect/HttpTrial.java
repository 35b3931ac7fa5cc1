package io.framegate.outbox.deliver.connect;

import io.framegate.outbox.deliver.HttpAddress;
import io.framegate.outbox.deliver.HttpMetadata;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.DefaultExchange;
import org.apache.hc.client5.http.classic.methods.HttpHead;

/**
 * Tries a server with HTTP. Sends a HEAD request, because any other method would deliver something. Some servers
 * support HEAD at no address that accepts images, so only a refused login, a redirect and a failing server are faults.
 */
final class HttpTrial implements Trial {

    private static final int REDIRECT = 300;
    private static final int REFUSAL = 400;
    private static final int FAILURE = 500;

    @Override
    public String attempt(Endpoint endpoint, TargetProperties properties) throws Exception {
        HttpEndpoint http = (HttpEndpoint) endpoint;
        Message image = new DefaultExchange(http.getCamelContext()).getMessage();
        HttpHead question = new HttpHead(address(http, properties, image));
        image.getHeaders().forEach((name, value) -> {
            if (!name.startsWith("Camel")) {
                question.setHeader(name, value);
            }
        });
        int status = http.getHttpClient().execute(question, answer -> answer.getCode());
        if (status == 401 || status == 407) {
            throw new HttpOperationFailedException("", status, "", "", Map.of(), "");
        }
        String answers = "answers HEAD with " + status;
        if (status >= FAILURE) {
            throw new NotReadyException(answers + " (expected: a server that works)");
        }
        if (status >= REDIRECT && status < REFUSAL) {
            throw new NotReadyException(answers + " (expected: no redirect; " + properties.names("url") + ")");
        }
        return status < REDIRECT ? answers : answers + "; only an image shows whether it takes images";
    }

    /** The address for an image without metadata: headers of the image in it are empty. */
    private static String address(HttpEndpoint http, TargetProperties properties, Message image) {
        String url = properties.get("url");
        if (url.isEmpty()) {
            return http.getHttpUri().toString();
        }
        HttpMetadata metadata = new HttpMetadata();
        metadata.setHeaders(properties.get("headers"));
        metadata.process(image.getExchange());
        HttpAddress address = new HttpAddress();
        address.setUrl(url);
        address.process(image.getExchange());
        String query = image.getHeader(Exchange.HTTP_RAW_QUERY, "", String.class);
        return image.getHeader(Exchange.HTTP_URI) + (query.isEmpty() ? "" : "?" + query);
    }
}
