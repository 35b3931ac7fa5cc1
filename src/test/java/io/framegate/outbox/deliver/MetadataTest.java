package io.framegate.outbox.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.Test;

class MetadataTest {

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    private void process(Processor processor) throws Exception {
        exchange.getMessage().setHeader("CamelFileName", "a/b.jpg");
        exchange.getMessage().setHeader("FramegateCounter", 17);
        exchange.getMessage().setHeader("FramegateDeviceName", "T\u00fcr 100%");
        exchange.getMessage().setHeader("FramegateAttributes", new TreeMap<>(Map.of("plate", "M \u00dc 1")));
        exchange.getMessage().setHeader("FramegateRoleSuffix", "");
        exchange.getMessage().setHeader("FramegateContentType", "image/jpeg");
        processor.process(exchange);
    }

    private Object header(String name) {
        return exchange.getMessage().getHeader(name);
    }

    @Test
    void headersBecomeTexts() throws Exception {
        process(new MetadataHeaders());
        assertThat(header("FramegateCounter")).isEqualTo("17");
        assertThat(header("FramegateDeviceName")).isEqualTo("T\u00fcr 100%");
        assertThat(header("FramegateAttributes")).isEqualTo("{\"plate\":\"M \\u00DC 1\"}");
    }

    @Test
    void headersOfHttpAreAscii() throws Exception {
        process(new HttpMetadata());
        assertThat(header("FramegateDeviceName")).isEqualTo("T%C3%BCr 100%25");
        assertThat(header("CamelFileName")).isEqualTo("a/b.jpg");
    }

    @Test
    void objectHasKeyTypeAndMetadata() throws Exception {
        process(new S3Metadata());
        assertThat(header(AWS2S3Constants.KEY)).isEqualTo("a/b.jpg");
        assertThat(header(AWS2S3Constants.CONTENT_TYPE)).isEqualTo("image/jpeg");
        assertThat(header(AWS2S3Constants.METADATA))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, String.class))
                .containsEntry("FramegateDeviceName", "T%C3%BCr 100%25")
                .doesNotContainKeys("FramegateRoleSuffix", "CamelFileName");
    }

    @Test
    void metadataBeyondWhatS3TakesIsLeftOutButForTheIdentity() throws Exception {
        for (int number = 0; number < 40; number++) {
            exchange.getMessage().setHeader("A" + number, "x".repeat(100));
        }
        exchange.getMessage().setHeader("FramegateDeliveryId", "id");
        process(new S3Metadata());
        Map<?, ?> metadata = exchange.getMessage().getHeader(AWS2S3Constants.METADATA, Map.class);
        assertThat(metadata.get("FramegateDeliveryId")).isEqualTo("id");
        assertThat(metadata.entrySet().stream()
                        .mapToInt(one -> one.getKey().toString().length()
                                + one.getValue().toString().length())
                        .sum())
                .isBetween(1900, 2048);
    }

    @Test
    void messageOfMqttHasUserProperties() throws Exception {
        process(new MqttMetadata());
        assertThat(header(PahoMqtt5Constants.CAMEL_PAHO_MSG_PROPERTIES))
                .isInstanceOfSatisfying(MqttProperties.class, properties -> {
                    assertThat(properties.getContentType()).isEqualTo("image/jpeg");
                    assertThat(properties.getUserProperties())
                            .contains(new UserProperty("FramegateCounter", "17"))
                            .extracting(UserProperty::getKey)
                            .doesNotContain("CamelFileName");
                });
    }
}
