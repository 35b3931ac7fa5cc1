package io.framegate.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.framegate.intake.FramegateHeaders;
import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What an outbox endpoint takes from the properties of its target, and what it makes of a claim. */
@Execution(ExecutionMode.CONCURRENT)
class OutboxEndpointTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path directory = Path.of(".");

    private final Properties properties = new Properties();
    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private Outbox outbox = new Outbox(directory, List.of(), Durability.NONE);

    @BeforeEach
    void open() {
        outbox = new Outbox(directory.resolve("outbox"), List.of("archive"), Durability.NONE);
        context.getRegistry().bind(OutboxComponent.OUTBOX, outbox);
        context.getPropertiesComponent().setInitialProperties(properties);
        properties.setProperty("framegate.images.directory", directory + "");
    }

    @AfterEach
    void close() throws IOException {
        context.close();
        outbox.close();
    }

    private OutboxEndpoint endpoint(String uri) {
        return context.getEndpoint(uri, OutboxEndpoint.class);
    }

    private void deliver() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("outbox:archive")
                        .process(exchange ->
                                delivered.add(exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class)));
            }
        });
        context.start();
        Files.write(directory.resolve("a.jpg"), new byte[100]);
        ClaimLog log = outbox.log("archive");
        log.settle(log.append(claim()));
    }

    private static Claim claim() {
        return new Claim(
                "a.jpg",
                Map.of(
                        FramegateHeaders.CAMERA_NAME, "gate",
                        FramegateHeaders.COUNTER, 17,
                        FramegateHeaders.STORED_PATH, "a.jpg",
                        FramegateHeaders.DELIVERY_ID, "id"));
    }

    @Test
    void optionsAreThePropertiesOfTheTarget() {
        properties.setProperty("framegate.deliver.archive.concurrency", "3");
        properties.setProperty("framegate.deliver.archive.payload", "event");
        properties.setProperty("framegate.deliver.archive.max-size", "1MB");
        properties.setProperty("framegate.deliver.archive.too-large", "reference");
        properties.setProperty("framegate.deliver.archive.sidecar", "true");
        properties.setProperty("framegate.deliver.archive.name", "${header.FramegateCounter}");
        properties.setProperty("framegate.deliver.reference", "https://a/${header.FramegateStoredPath}");
        OutboxEndpoint endpoint = endpoint("outbox:archive");
        assertThat(endpoint.getConcurrency()).isEqualTo(3);
        assertThat(endpoint.getPayload()).isEqualTo("event");
        assertThat(endpoint.getMaxSize()).isEqualTo("1MB");
        assertThat(endpoint.getTooLarge()).isEqualTo("reference");
        assertThat(endpoint.isSidecar()).isTrue();
        assertThat(endpoint.getName()).isEqualTo("${header.FramegateCounter}");
        assertThat(endpoint.getReference()).isEqualTo("https://a/${header.FramegateStoredPath}");
        assertThat(endpoint.getImages()).isEqualTo(directory + "");
    }

    @Test
    void optionOfTheUriOverridesTheProperty() {
        properties.setProperty("framegate.deliver.archive.concurrency", "3");
        assertThat(endpoint("outbox:archive?concurrency=5&images=b").getConcurrency())
                .isEqualTo(5);
        assertThat(endpoint("outbox:archive?images=b").getImages()).isEqualTo("b");
    }

    @Test
    void optionThatDoesNotExistOrHasNoSuchValueIsRefused() {
        assertThatThrownBy(() -> endpoint("outbox:archive?concurency=2"))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .hasMessageContaining("concurency");
        assertThatThrownBy(() -> endpoint("outbox:archive?payload=picture"))
                .rootCause()
                .hasMessage("payload: picture (expected: event, image)");
        assertThatThrownBy(() -> endpoint("outbox:archive?concurrency=0")).hasMessageContaining("concurrency=0");
    }

    @Test
    void sidecarIsDeliveredBeforeItsImage() throws Exception {
        properties.setProperty("framegate.deliver.archive.sidecar", "true");
        properties.setProperty("framegate.deliver.archive.name", "b/${header.FramegateCounter}.jpg");
        deliver();
        await().atMost(SOON).until(() -> outbox.waiting("archive") == 0);
        assertThat(delivered).containsExactly("b/17.jpg.json", "b/17.jpg");
    }

    @Test
    void imageThatIsTooLongIsSetAsideAndNotSent() throws Exception {
        properties.setProperty("framegate.deliver.archive.max-size", "99");
        deliver();
        await().atMost(SOON).until(() -> outbox.countSetAside("archive") == 1);
        assertThat(delivered).isEmpty();
        assertThat(outbox.setAside("archive").list()).singleElement().satisfies(item -> assertThat(item.reason())
                .contains("image length: 100 (expected: <= 99"));
    }

    @Test
    void claimThatIsWantedAgainIsDeliveredByTheRunningRoute() throws Exception {
        outbox.setAside("archive").add("17-id", claim(), "550");
        properties.setProperty("framegate.deliver.archive.name", "c.jpg");
        deliver();
        await().atMost(SOON).until(() -> delivered.size() == 1);
        assertThat(outbox.setAside("archive").retry("17-id")).isTrue();
        await().atMost(SOON).until(() -> delivered.size() == 2);
        assertThat(outbox.countSetAside("archive")).isZero();
    }
}
