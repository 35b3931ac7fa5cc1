package io.framegate.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentMappersTest {

    private static final String OBJECTS = "{\"mac\": \"02:00:5e:10:00:01\", \"x\": [" + "{},".repeat(30_000) + "{}]}";
    private static final String ELEMENTS = "<config><mac>02:00:5e:10:00:01</mac>" + "<a/>".repeat(30_000) + "</config>";
    private static final String ATTRIBUTES = "<config" + attributes() + "><mac>02:00:5e:10:00:01</mac></config>";

    private static String attributes() {
        StringBuilder all = new StringBuilder();
        for (int number = 0; number < 20_000; number++) {
            all.append(" a").append(number).append("='1'");
        }
        return all.toString();
    }

    private static void refuses(ObjectMapper mapper, String document) {
        assertThatThrownBy(() -> mapper.readTree(document)).isInstanceOf(JsonProcessingException.class);
    }

    private static void isReadLeniently(String document) {
        byte[] bytes = document.getBytes(UTF_8);
        Packet packet = new Packet("http", bytes, List.of(), "00", bytes.length);
        CameraEvent event = CameraDocument.readLeniently(packet, "203.0.113.5", Instant.EPOCH, "too many tokens");
        assertThat(event.cameraId()).isEqualTo("02:00:5E:10:00:01");
    }

    @Test
    void documentOfAHundredTimesTheUsualTokensIsReadLeniently() throws IOException {
        refuses(DocumentMappers.json(), OBJECTS);
        refuses(DocumentMappers.xml(), ELEMENTS);
        refuses(DocumentMappers.xml(), ATTRIBUTES);
        isReadLeniently(OBJECTS);
        isReadLeniently(ELEMENTS);
        assertThat(DocumentMappers.json().readTree("{\"a\": 1}").path("a").asInt())
                .isEqualTo(1);
        assertThat(DocumentMappers.xml().readTree("<a><b>1</b></a>").path("b").asText())
                .isEqualTo("1");
    }
}
