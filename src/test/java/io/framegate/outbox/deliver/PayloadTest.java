package io.framegate.outbox.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.intake.FramegateHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final Message message = exchange.getMessage();
    private final Payload payload = new Payload();

    @BeforeEach
    void image(@TempDir Path directory) throws IOException {
        message.setBody(
                Files.write(directory.resolve("image_17.jpg"), new byte[1000]).toFile());
        message.setHeader(FramegateHeaders.CAMERA_NAME, "gate");
        message.setHeader(FramegateHeaders.STORED_PATH, "a/image_17.jpg");
        message.setHeader(FramegateHeaders.ATTRIBUTES, Map.of("plateNumber", "M \u00dc 1"));
        message.setHeader(FramegateHeaders.MEDIA_TYPE, "image/jpeg");
        message.setHeader(FramegateHeaders.CONTENT_TYPE, "image/jpeg");
        payload.setReference("https://archive/${header.FramegateStoredPath}");
    }

    private String name(String expression) {
        DeliveryName name = new DeliveryName();
        name.setExpression(expression);
        name.process(exchange);
        return String.valueOf(message.getHeader(Exchange.FILE_NAME));
    }

    @Test
    void imageIsSentAsItIsUpToItsMaxSize() throws Exception {
        Object image = message.getBody();
        payload.setMaxSize("1000");
        payload.process(exchange);
        assertThat(message.getBody()).isSameAs(image);
        assertThat(message.getHeader(FramegateHeaders.CONTENT_TYPE)).isEqualTo("image/jpeg");
        assertThat(name("x/image.jpg")).isEqualTo("x/image.jpg");
    }

    @Test
    void imageByReferenceIsTheSameDocumentEveryTime() throws Exception {
        payload.setKind("event");
        payload.process(exchange);
        payload.process(exchange);
        assertThat(message.getBody(String.class)).isEqualTo(DOCUMENT);
        assertThat(message.getHeader(FramegateHeaders.CONTENT_TYPE)).isEqualTo("application/json");
        assertThat(name("x/image.jpg")).isEqualTo("x/image.jpg.json");
    }

    @Test
    void imageThatIsTooLargeIsRefusedOrSentByReference() throws Exception {
        payload.setMaxSize("999");
        assertThatThrownBy(() -> payload.process(exchange))
                .isInstanceOf(TooLargeException.class)
                .hasMessage("image length: 1000 (expected: <= 999, the target's max-size)");
        payload.setTooLarge("reference");
        payload.process(exchange);
        assertThat(message.getBody(String.class)).isEqualTo(DOCUMENT);
    }

    @Test
    void eventWithoutImageKeepsItsDocumentAndHasANameOfItsOwn() throws Exception {
        message.setBody("{}".getBytes(UTF_8));
        message.setHeader(FramegateHeaders.CONTENT_TYPE, "application/json");
        message.setHeader(FramegateHeaders.FILE_NAME, "event_gate-1.json");
        message.removeHeader(FramegateHeaders.STORED_PATH);
        payload.setSidecar(true);
        payload.process(exchange);
        assertThat(message.getBody(String.class)).isEqualTo("{}");
        assertThat(name("x/${header.FramegateCameraName}/image_${header.FramegateCounter}.jpg"))
                .isEqualTo("x/gate/event_gate-1.json");
        assertThat(name("${header.FramegateStoredPath}")).isEqualTo("event_gate-1.json");
        assertThat(payload.files(exchange)).hasSize(1);
    }

    @Test
    void topicIsTheSameForImagesAndDocuments() throws Exception {
        payload.setKind("event");
        payload.process(exchange);
        DeliveryName topic = new DeliveryName();
        topic.setTopic(true);
        topic.setExpression("images/${header.FramegateCameraName}");
        topic.process(exchange);
        assertThat(message.getHeader(Exchange.FILE_NAME)).isEqualTo("images/gate");
    }

    @Test
    void sidecarComesBeforeItsImage() throws Exception {
        payload.process(exchange);
        name("x/image.jpg");
        assertThat(payload.files(exchange)).hasSize(1);
        payload.setSidecar(true);
        List<Message> files = payload.files(exchange);
        assertThat(files)
                .extracting(file -> file.getHeader(Exchange.FILE_NAME))
                .containsExactly("x/image.jpg.json", "x/image.jpg");
        assertThat(files.get(0).getBody(String.class)).isEqualTo(DOCUMENT);
        assertThat(files.get(1).getBody()).isSameAs(message.getBody());
        assertThat(files.get(1).getHeader(FramegateHeaders.CONTENT_TYPE)).isEqualTo("image/jpeg");
    }
}
