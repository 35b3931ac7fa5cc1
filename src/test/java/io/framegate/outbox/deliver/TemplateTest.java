package io.framegate.outbox.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator writes stays as it is; what comes from a packet cannot leave its place. */
class TemplateTest {

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    TemplateTest() {
        exchange.getMessage().setHeader("FramegateCameraName", "gate");
        exchange.getMessage().setHeader("FramegateStoredPath", "2026/03/image_17.jpg");
        exchange.getMessage().setHeader("FramegateCapturedAt", "2026-03-29T07:58:21Z");
        exchange.getMessage().setHeader("FramegateRole", "plate");
        exchange.getMessage().setHeader("FramegateDeviceName", "T\u00fcr\r\nX-Evil: 1");
        exchange.getMessage().setHeader("FramegateAttributes", Map.of("plateNumber", "../../?a=b&c#d"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://host/images,                                     http://host/images,          ",
        "https://host:8443/cams/${header.FramegateCameraName},   https://host:8443/cams/gate, ",
        "https://host/a/${header.FramegateStoredPath}?sig=a%2Bb%3D&se=1, https://host/a/2026/03/image_17.jpg, sig=a%2Bb%3D&se=1",
        "http://host?at=${header.FramegateCapturedAt},           http://host, at=2026-03-29T07%3A58%3A21Z",
        "http://host/x?p=${header.FramegateAttributes[plateNumber]}, http://host/x, p=..%2F..%2F%3Fa%3Db%26c%23d",
        "http://host/x?p=${header.FramegateSerial}&q=1,          http://host/x, p=&q=1",
    })
    void addressKeepsItsHostAndItsText(String url, String address, String query) {
        HttpAddress http = new HttpAddress();
        http.setUrl(url);
        http.process(exchange);
        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_URI)).isEqualTo(address);
        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RAW_QUERY)).isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host/images",
                "ftp://host/images",
                "http://${header.FramegateCameraName}/images",
                "http://host.${header.FramegateCameraName}/images",
                "http://host${header.FramegateStoredPath}",
                "http://user:secret@host/images",
                "http://host/${header.FramegateDeviceName}",
                "http://host/${header.FramegateAttributes[plateNumber]}",
                "http://host/${body}",
                "http://host/a b?secret",
                "http://host/a#b",
                "http://host/${header.FramegateCameraName",
            })
    void addressThatAPacketCouldChooseIsRefused(String url) {
        assertThatThrownBy(() -> new HttpAddress().setUrl(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: ")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void headerCannotEndItsLine() {
        HttpMetadata http = new HttpMetadata();
        http.setHeaders("X-Device=${header.FramegateDeviceName}, X-Both=a,b=c, Authorization=Bearer a%20b==");
        http.process(exchange);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry("X-Device", "T%C3%BCr%0D%0AX-Evil: 1")
                .containsEntry("X-Both", "a")
                .containsEntry("b", "c")
                .containsEntry("Authorization", "Bearer a%20b==")
                .containsEntry("FramegateDeviceName", "T%C3%BCr%0D%0AX-Evil: 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no value",
                "=secret",
                "X A=secret",
                "X-A=secret\r\nX-B: 1",
                "Host=secret",
                "content-length=5",
                "X-A=1, X-A=secret",
                "X-A=${header.secret",
            })
    void headerThatCannotBeMeantIsRefusedWithoutItsValue(String headers) {
        assertThatThrownBy(() -> new HttpMetadata().setHeaders(headers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: ")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void tagsAreWhatS3Permits() {
        S3Tags tags = S3Tags.parse(
                "camera=${header.FramegateCameraName}, role=${header.FramegateRole}, who=${header.FramegateDeviceName}");
        assertThat(tags.tagging(exchange)).contains("camera=gate&role=plate&who=T%C3%BCr__X-Evil%3A%201");
    }

    @Test
    void tagIsCutWhereS3Ends() {
        exchange.getMessage().setHeader("FramegateRole", "x".repeat(300));
        assertThat(S3Tags.parse("role=${header.FramegateRole}").tagging(exchange))
                .contains("role=" + "x".repeat(256));
        assertThat(S3Tags.parse("").tagging(exchange)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1,b=2,c=3,d=4,e=5,f=6,g=7,h=8,i=9,j=10,k=11", "aws:x=1", "a*b=1", "x", "=1"})
    void tagsThatS3WouldRefuseAreRefusedAtOnce(String text) {
        assertThatThrownBy(() -> S3Tags.parse(text)).hasMessageContaining("expected: ");
        assertThatThrownBy(() -> S3Tags.parse("n".repeat(129) + "=1")).hasMessageContaining("at most 128");
    }
}
