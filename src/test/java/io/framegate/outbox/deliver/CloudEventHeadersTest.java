package io.framegate.outbox.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.intake.FramegateHeaders;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudEventHeadersTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Exchange exchange = new DefaultExchange(context);
    private final Message message = exchange.getMessage();
    private final CloudEventHeaders cloudEvent = new CloudEventHeaders();

    @BeforeEach
    void image() {
        message.setHeader(FramegateHeaders.CAMERA_NAME, "front_door");
        message.setHeader(FramegateHeaders.CAMERA_ID, "front \"door\" 100%");
        message.setHeader(FramegateHeaders.CAPTURED_AT, "2026-03-29T07:58:21Z");
        message.setHeader(FramegateHeaders.DELIVERY_ID, "id");
        message.setHeader(FramegateHeaders.STORED_PATH, "a/image_17.jpg");
        message.setHeader(FramegateHeaders.CONTENT_TYPE, "image/jpeg");
        cloudEvent.setEnabled(true);
        cloudEvent.setPrefix("ce-");
    }

    private void properties(String... namesAndValues) {
        Properties properties = new Properties();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            properties.setProperty("framegate.deliver.s3." + namesAndValues[at], namesAndValues[at + 1]);
        }
        context.getPropertiesComponent().setInitialProperties(properties);
    }

    private Object processed(String attribute) {
        cloudEvent.process(exchange);
        return message.getHeader("ce-" + attribute);
    }

    @Test
    void nothingIsAddedUnlessItIsWanted() {
        cloudEvent.setEnabled(false);
        int before = message.getHeaders().size();
        cloudEvent.process(exchange);
        assertThat(message.getHeaders()).hasSize(before);
    }

    @Test
    void imageOnThisDiskAloneHasNoAddressForOthers() {
        assertThat(processed("dataref")).isNull();
    }

    @Test
    void targetThatGetsNoImagesIsNoAddress() {
        properties("enabled", "true", "payload", "event", "name", "a", "bucket", "b");
        assertThat(processed("dataref")).isNull();
    }

    @Test
    void objectIsTheAddressWithTheNameOfItsTarget() {
        properties(
                "enabled",
                "true",
                "payload",
                "image",
                "name",
                "x/${header.FramegateCameraName}.jpg",
                "bucket",
                "images");
        assertThat(processed("dataref")).isEqualTo("s3://images/x/front_door.jpg");
    }

    @Test
    void referenceThatIsSetIsTheAddressAsAUri() {
        properties("enabled", "true", "payload", "image", "name", "a", "bucket", "b");
        cloudEvent.setReference("https://archive/T\u00fcr 1/${header.FramegateStoredPath}?a=%20#b");
        assertThat(processed("dataref")).isEqualTo("https://archive/T%C3%BCr%201/a/image_17.jpg?a=%20#b");
    }

    @Test
    void documentHasItsSchemaAlsoIfAnImageIsSentByReference() {
        assertThat(processed("dataschema")).isNull();
        message.setHeader(FramegateHeaders.CONTENT_TYPE, "application/json");
        assertThat(processed("dataschema")).isEqualTo(EventDocument.SCHEMA);
        assertThat(processed("type")).isEqualTo(CloudEventHeaders.IMAGE);
    }

    @Test
    void formHasNoSchema() {
        message.setHeader(FramegateHeaders.CONTENT_TYPE, "application/json");
        message.setHeader(Exchange.CONTENT_TYPE, "multipart/form-data; boundary=a");
        assertThat(processed("dataschema")).isNull();
    }

    @Test
    void attributesOfRequestsHaveNeitherBlanksNorQuotationMarks() {
        cloudEvent.process(exchange);
        new HttpMetadata().process(exchange);
        assertThat(message.getHeader("ce-partitionkey")).isEqualTo("front%20%22door%22%20100%25");
        assertThat(message.getHeader(FramegateHeaders.CAMERA_ID)).isEqualTo("front \"door\" 100%25");
    }
}
