package io.framegate.watch.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObserveAnswersTest {

    private final Vertx vertx = Vertx.vertx();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Check check = new Check();
    private int port;

    private static final class Check extends AbstractHealthCheck {

        private volatile String problem = "";

        Check() {
            super("framegate", "framegate-disk");
        }

        @Override
        protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
            builder.detail("free", 5L).detail("directory", "a/\"b\"");
            if (problem.isEmpty()) {
                builder.up();
            } else {
                builder.message(problem).down();
            }
        }
    }

    @BeforeEach
    void serve() {
        HealthCheckRegistry checks = HealthCheckRegistry.get(camel);
        checks.register(check);
        camel.start();
        Router router = Router.router(vertx);
        Handler<HttpServerRequest> pages = ObserveAnswers.mount(router, camel);
        router.get("/observe/health").produces("application/json").handler(asked -> asked.end("from Camel"));
        router.get("/observe/metrics")
                .produces("text/plain; version=0.0.4; charset=utf-8")
                .handler(asked -> asked.end("a_total 1\n"));
        HttpServer server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(pages)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        port = server.actualPort();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        camel.stop();
    }

    private HttpResponse<String> ask(String method, String path, String accept)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!accept.isEmpty()) {
            request.header("Accept", accept);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/*",
                "Text/Plain; charset=utf-8",
                "text/plain, application/json;q=0.9",
                "application/json;q=0.5, text/plain;q=0.6",
                "text/html, text/plain;q=0.9, */*;q=0.1"
            })
    void healthIsTextForWhomPrefersIt(String accept) throws Exception {
        HttpResponse<String> up = ask("GET", "/observe/health", accept);
        assertThat(up.statusCode()).isEqualTo(200);
        assertThat(up.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
        assertThat(up.body()).isEqualTo("UP\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "application/json",
                "application/json, text/plain",
                "text/plain;q=0, application/json",
                "text/plain;q=0.1, */*",
                "text/html, application/xhtml+xml, */*;q=0.8",
                "image/png",
                "nonsense"
            })
    void healthIsJsonForAllOthers(String accept) throws Exception {
        HttpResponse<String> up = ask("GET", "/observe/health", accept);
        assertThat(up.body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(up.headers().firstValue("content-type")).hasValue("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "text/html", "application/json", "application/openmetrics-text"})
    void metricsAreThereWhateverIsAccepted(String accept) throws Exception {
        HttpResponse<String> metrics = ask("GET", "/observe/metrics", accept);
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).isEqualTo("a_total 1\n");
    }

    /** Camel's own page escapes them before JSON does. */
    @Test
    void textsAreEscapedOnce() throws Exception {
        check.problem = "images/\u00fc: \"away\"\\";
        HttpResponse<String> down = ask("GET", "/observe/health?data=true", "");
        assertThat(down.statusCode()).isEqualTo(503);
        JsonNode json = new ObjectMapper().readTree(down.body());
        JsonNode only = json.get("checks").get(0);
        assertThat(json.get("checks")).hasSize(1);
        assertThat(only.get("name").asText()).isEqualTo("framegate-disk");
        assertThat(only.get("status").asText()).isEqualTo("DOWN");
        assertThat(only.get("message").asText()).isEqualTo(check.problem);
        assertThat(only.get("data").get("free").asLong()).isEqualTo(5);
        assertThat(only.get("data").get("directory").asText()).isEqualTo("a/\"b\"");
    }

    @Test
    void parametersOfCamelsPageHold() throws Exception {
        assertThat(ask("GET", "/observe/health?exposureLevel=full", "").body())
                .contains("\"name\":\"framegate-disk\",\"status\":\"UP\"")
                .doesNotContain("data");
        check.problem = "away";
        assertThat(ask("GET", "/observe/health?exposureLevel=oneline", "").body())
                .isEqualTo("{\"status\":\"DOWN\"}");
        assertThat(ask("GET", "/observe/health/live", "").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void aProblemIsALine() throws Exception {
        check.problem = "disk nearly full:\n5 bytes\tfree";
        for (String path : new String[] {"/observe/health", "/observe/health/ready"}) {
            HttpResponse<String> down = ask("GET", path, "text/plain");
            assertThat(down.statusCode()).isEqualTo(503);
            assertThat(down.body()).isEqualTo("framegate-disk: disk nearly full: 5 bytes free\n");
        }
        assertThat(ask("GET", "/observe/health/live", "text/plain").statusCode())
                .as("a restart would not mend a disk")
                .isEqualTo(200);
    }

    @Test
    void headIsAnsweredAsGetWithoutTheBody() throws Exception {
        check.problem = "away";
        HttpResponse<String> health = ask("HEAD", "/observe/health?data=true", "text/plain");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).isEmpty();
        assertThat(health.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        HttpResponse<String> json = ask("HEAD", "/observe/health", "");
        assertThat(json.statusCode()).isEqualTo(503);
        assertThat(json.body()).isEmpty();
        HttpResponse<String> metrics = ask("HEAD", "/observe/metrics", "");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).isEmpty();
        assertThat(metrics.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(ask("HEAD", "/observe/nothing", "").statusCode()).isEqualTo(404);
    }
}
