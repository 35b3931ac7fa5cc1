package io.framegate.outbox.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.intake.FramegateHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTest {

    private static final String DOCUMENT =
            """
            {
              "attributes" : {
                "plateNumber" : "M \u00dc 1"
              },
              "cameraName" : "gate",
              "mediaType" : "image/jpeg",
              "reference" : "https://archive/a/image_17.jpg",
              "storedPath" : "a/image_17.jpg"
            }
            """;

    private static final String REFERENCE = "https://archive/${header.FramegateStoredPath}";

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final Message message = exchange.getMessage();

    @BeforeEach
    void image(@TempDir Path directory) throws IOException {
        message.setBody(
                Files.write(directory.resolve("image_17.jpg"), new byte[1000]).toFile());
        message.setHeader(FramegateHeaders.CAMERA_NAME, "gate");
        message.setHeader(FramegateHeaders.STORED_PATH, "a/image_17.jpg");
        message.setHeader(FramegateHeaders.ATTRIBUTES, Map.of("plateNumber", "M \u00dc 1"));
        message.setHeader(FramegateHeaders.MEDIA_TYPE, "image/jpeg");
        message.setHeader(FramegateHeaders.CONTENT_TYPE, "image/jpeg");
    }

    private String name(String expression) {
        new DeliveryName(expression).process(exchange);
        return String.valueOf(message.getHeader(Exchange.FILE_NAME));
    }

    private static Payload payload(String kind, String maxSize, String tooLarge) {
        return new Payload(kind, maxSize, tooLarge, true, REFERENCE);
    }

    @Test
    void imageIsSentAsItIsUpToItsMaxSize() throws Exception {
        Object image = message.getBody();
        payload("image", "1000", "set-aside").process(exchange);
        assertThat(message.getBody()).isSameAs(image);
        assertThat(message.getHeader(FramegateHeaders.CONTENT_TYPE)).isEqualTo("image/jpeg");
        assertThat(name("x/image.jpg")).isEqualTo("x/image.jpg");
    }

    @Test
    void imageByReferenceIsTheSameDocumentEveryTime() throws Exception {
        Payload payload = payload("event", "", "set-aside");
        payload.process(exchange);
        payload.process(exchange);
        assertThat(message.getBody(String.class)).isEqualTo(DOCUMENT);
        assertThat(message.getHeader(FramegateHeaders.CONTENT_TYPE)).isEqualTo("application/json");
        assertThat(name("x/image.jpg")).isEqualTo("x/image.jpg.json");
        assertThat(payload.hasSidecar(exchange)).isFalse();
    }

    @Test
    void imageThatIsTooLargeIsRefusedOrSentByReference() throws Exception {
        assertThatThrownBy(() -> payload("image", "999", "set-aside").process(exchange))
                .isInstanceOf(TooLargeException.class)
                .hasMessage("image length: 1000 (expected: <= 999, the target's max-size)");
        payload("image", "999", "reference").process(exchange);
        assertThat(message.getBody(String.class)).isEqualTo(DOCUMENT);
    }

    @Test
    void eventWithoutImageKeepsItsDocumentAndHasItsOwnName() throws Exception {
        message.setBody("{}".getBytes(UTF_8));
        message.setHeader(FramegateHeaders.CONTENT_TYPE, "application/json");
        message.setHeader(FramegateHeaders.FILE_NAME, "event_gate-1.json");
        message.removeHeader(FramegateHeaders.STORED_PATH);
        Payload payload = payload("image", "", "set-aside");
        payload.process(exchange);
        assertThat(message.getBody(String.class)).isEqualTo("{}");
        assertThat(name("x/${header.FramegateCameraName}/image_${header.FramegateCounter}.jpg"))
                .isEqualTo("x/gate/event_gate-1.json");
        assertThat(name("${header.FramegateStoredPath}")).isEqualTo("event_gate-1.json");
        assertThat(payload.hasSidecar(exchange)).isFalse();
    }

    @Test
    void topicIsTheSameForImagesAndDocuments() throws Exception {
        payload("event", "", "set-aside").process(exchange);
        MqttMetadata metadata = new MqttMetadata();
        metadata.setTopic("images/${header.FramegateCameraName}");
        metadata.process(exchange);
        assertThat(message.getHeader("CamelPahoMqtt5OverrideTopic")).isEqualTo("images/gate");
    }

    @Test
    void sidecarIsTheDocumentOfItsImage() throws Exception {
        Payload payload = payload("image", "", "set-aside");
        payload.process(exchange);
        assertThat(payload.hasSidecar(exchange)).isTrue();
        assertThat(new Payload().hasSidecar(exchange)).isFalse();
        payload.toDocument(exchange);
        assertThat(message.getBody(String.class)).isEqualTo(DOCUMENT);
        assertThat(name("x/image.jpg")).isEqualTo("x/image.jpg.json");
    }

    @ParameterizedTest
    @CsvSource({"picture, set-aside, payload: picture", "image, drop, too-large: drop"})
    void anotherWordIsRefused(String kind, String tooLarge, String message) {
        assertThatThrownBy(() -> payload(kind, "", tooLarge)).hasMessageStartingWith(message);
    }
}
