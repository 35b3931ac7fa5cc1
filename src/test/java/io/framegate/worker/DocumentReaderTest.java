package io.framegate.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A document that cannot be worked on is refused at once: retries would hold up all documents after it. */
class DocumentReaderTest {

    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final String OTHER_HASH = "f".repeat(64);

    private final DefaultCamelContext camel = new DefaultCamelContext();

    private final DocumentReader reader = new DocumentReader("kafka", new WorkerMeter(new SimpleMeterRegistry()));

    private static ObjectNode document() {
        return new ObjectMapper()
                .createObjectNode()
                .put("cameraId", "gate")
                .put("cameraName", "gate")
                .put("capturedAt", "2026-03-29T07:58:21Z")
                .put("receivedAt", "2026-03-29T07:58:22Z")
                .put("deliveryId", "gate-20260329T075821Z-0123456789abcdef")
                .put("dialect", "tvt")
                .put("eventId", "gate-1")
                .put("eventType", "VFD")
                .put("imageCount", 1)
                .put("imageNumber", 0)
                .put("length", 17)
                .put("packetSha256", OTHER_HASH)
                .put("peer", "192.0.2.1:5000")
                .put("reference", "a.jpg")
                .put("role", "scene")
                .put("sha256", HASH)
                .put("storedPath", "image_1.jpg")
                .put("wireFormat", "xml");
    }

    private Exchange read(byte[] body, Consumer<Exchange> more) throws WrongDeliveryException {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(body);
        more.accept(exchange);
        reader.process(exchange);
        return exchange;
    }

    private Exchange read(ObjectNode document) throws WrongDeliveryException {
        return read(document.toString().getBytes(UTF_8), exchange -> {});
    }

    private void assertRefused(ObjectNode document, String field) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(WrongDeliveryException.class)
                .hasMessageContaining("document: " + field)
                .hasMessageContaining("(expected: ");
    }

    @Test
    void headersAreThoseOfTheDocument() throws WrongDeliveryException {
        Exchange exchange = read(document());
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry("FramegateCameraName", "gate")
                .containsEntry("FramegateSha256", HASH);
        assertThat(exchange.getVariable(DocumentReader.REFERENCE)).isEqualTo("a.jpg");
    }

    @ParameterizedTest
    @CsvSource({
        "receivedAt, +1000000000-01-01T00:00:00Z",
        "capturedAt, +1000000000-01-01T00:00:00Z",
        "capturedAt, -1000000000-01-01T00:00:00Z",
        "capturedAt, -0001-12-31T23:59:59Z",
        "receivedAt, yesterday",
        "eventId, ..",
        "eventId, ...",
        "deliveryId, .",
        "deliveryId, a/b",
        "packetSha256, 0123",
        "role, roof"
    })
    void fieldThatIsWrongIsRefused(String field, String value) {
        assertRefused(document().put(field, value), field);
    }

    /** In China, the clock of a camera that was never set is eight hours before 1970 in UTC. */
    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T16:00:00Z", "1970-01-01T00:00:00Z", "+10000-01-01T00:00:00Z"})
    void timeOfAWrongClockIsRead(String captured) throws WrongDeliveryException {
        assertThat(read(document().put("capturedAt", captured)).getMessage().getHeaders())
                .containsEntry("FramegateCapturedAt", captured);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cameraId", "cameraName", "capturedAt", "deliveryId", "dialect", "eventId", "imageCount", "imageNumber",
                "length", "packetSha256", "peer", "receivedAt", "reference", "role", "sha256", "wireFormat"
            })
    void fieldThatIsMissingIsRefused(String field) {
        ObjectNode document = document();
        document.remove(field);
        assertRefused(document, field);
    }

    @Test
    void eventWithoutAnImageHasNoneOfItsFields() throws WrongDeliveryException {
        ObjectNode document = document().put("imageCount", 0);
        document.remove(List.of("imageNumber", "length", "reference", "role", "sha256", "storedPath"));
        Exchange exchange = read(document);
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("FramegateSha256");
        assertThat(exchange.getVariable(DocumentReader.REFERENCE)).isNull();
    }

    /** The copy of an image is left out, so an image must not pass for the copy of another one. */
    @Test
    void idOfAnotherImageIsRefused() {
        assertRefused(document().put("sha256", OTHER_HASH), "deliveryId");
        assertRefused(document().put("deliveryId", "gate-20260329T075821Z-ffffffffffffffff"), "deliveryId");
    }

    @Test
    void idHasTheHashOfTheImageBeforeItWasConverted() throws WrongDeliveryException {
        Exchange exchange = read(document().put("sha256", OTHER_HASH).put("originalSha256", HASH));
        assertThat(exchange.getMessage().getHeader("FramegateSha256")).isEqualTo(OTHER_HASH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_dataref", "cloudEvents_dataref"})
    void referenceOfCloudEventsTakesPrecedence(String header) throws WrongDeliveryException {
        Exchange exchange = read(document().toString().getBytes(UTF_8), received -> received.getMessage()
                .setHeader(header, "b.jpg".getBytes(UTF_8)));
        assertThat(exchange.getVariable(DocumentReader.REFERENCE)).isEqualTo("b.jpg");
    }

    @Test
    void longDocumentIsRefusedUnread() {
        byte[] body = new byte[ReceivedMessage.MAX_LENGTH + 1];
        assertThatThrownBy(() -> read(body, exchange -> {}))
                .isInstanceOf(WrongDeliveryException.class)
                .hasMessageContaining("document length: 524289 (expected: <= 524288)");
    }
}
