package io.framegate.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which client a request names, from the proxies 10.x.x.x. */
class ForwardedClientTest {

    private static @Nullable String client(String peer, String... lines) {
        HttpHeaders head = new DefaultHttpHeaders();
        for (String line : lines) {
            String[] parts = line.split(":", 2);
            head.add(parts[0], parts[1].strip());
        }
        InetSocketAddress client =
                ForwardedClient.of(head, new InetSocketAddress(peer, 40112), address -> address.getHostAddress()
                        .startsWith("10."));
        return client == null ? null : client.getAddress().getHostAddress() + " " + client.getPort();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "X-Forwarded-For: 192.0.2.7                                | 192.0.2.7 0",
                "X-Forwarded-For: 192.0.2.7:47011                          | 192.0.2.7 47011",
                "X-Forwarded-For: 2001:db8::7                              | 2001:db8:0:0:0:0:0:7 0",
                "X-Forwarded-For: [2001:db8::7]:47011                      | 2001:db8:0:0:0:0:0:7 47011",
                "X-Forwarded-For: ::ffff:192.0.2.7                         | 192.0.2.7 0",
                "X-Forwarded-For: 198.51.100.1, 192.0.2.7                  | 192.0.2.7 0",
                "X-Forwarded-For: 198.51.100.1, 192.0.2.7, 10.0.0.2        | 192.0.2.7 0",
                "X-Forwarded-For: nonsense, 192.0.2.7,10.0.0.2 , 10.0.0.3  | 192.0.2.7 0",
                "x-forwarded-for: 192.0.2.7                                | 192.0.2.7 0",
                "Forwarded: for=192.0.2.7                                  | 192.0.2.7 0",
                "Forwarded: For=\"192.0.2.7:47011\";proto=https;by=10.0.0.1 | 192.0.2.7 47011",
                "Forwarded: for=\"[2001:db8::7]:47011\"                    | 2001:db8:0:0:0:0:0:7 47011",
                "Forwarded: for=198.51.100.1, for=192.0.2.7;by=a, FOR=10.0.0.2 | 192.0.2.7 0",
                "Forwarded: proto=http;for=192.0.2.7                       | 192.0.2.7 0",
                "Forwarded: for=_hidden, for=192.0.2.7                     | 192.0.2.7 0",
                "Forwarded: host=\"a,b;for=198.51.100.1\";for=192.0.2.7      | 192.0.2.7 0",
            })
    void clientIsTheFirstFromTheRightThatIsNoProxy(String line, String client) {
        assertThat(client("10.0.0.1", line)).isEqualTo(client);
        assertThat(client("192.0.2.99", line)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For:",
                "X-Forwarded-For: unknown",
                "X-Forwarded-For: 192.0.2.7, unknown",
                "X-Forwarded-For: 192.0.2.7,",
                "X-Forwarded-For: 192.0.2.300",
                "X-Forwarded-For: 192.0.2",
                "X-Forwarded-For: 192.0.2.7:99999",
                "X-Forwarded-For: 192.0.2.7:+1",
                "X-Forwarded-For: camera.example",
                "X-Forwarded-For: localhost",
                "X-Forwarded-For: fe80::1%eth0",
                "X-Forwarded-For: [2001:db8::7",
                "X-Forwarded-For: 2001:db8::7::",
                "X-Forwarded-For: \"192.0.2.7\"",
                "X-Forwarded-For: 192.0.2.7, ../../etc",
                "X-Forwarded-For: 10.0.0.3, 10.0.0.2",
                "Forwarded:",
                "Forwarded: 192.0.2.7",
                "Forwarded: for=",
                "Forwarded: for=unknown",
                "Forwarded: for=192.0.2.7, for=_hidden",
                "Forwarded: for=192.0.2.7, by=10.0.0.1",
                "Forwarded: for=\"192.0.2.7",
                "Forwarded: for=\"192.0.2.7\"x",
                "Forwarded: for=192.0.2.7;for=192.0.2.8",
                "Forwarded: for=192.0.2.7,",
                "Forwarded: for=2001:db8::7 for=192.0.2.8",
                "Forwarded: x=\", for=\"[2001:db8::7]\"",
            })
    void valueThatNamesNoClientIsIgnored(String line) {
        assertThat(client("10.0.0.1", line)).isNull();
    }

    @Test
    void linesAreOneList() {
        assertThat(client("10.0.0.1", "X-Forwarded-For: 198.51.100.1", "X-Forwarded-For: 192.0.2.7"))
                .isEqualTo("192.0.2.7 0");
        assertThat(client("10.0.0.1", "Forwarded: for=198.51.100.1", "Forwarded: for=192.0.2.7"))
                .isEqualTo("192.0.2.7 0");
    }

    @Test
    void headersThatDisagreeAreIgnored() {
        assertThat(client("10.0.0.1", "X-Forwarded-For: 192.0.2.7", "Forwarded: for=\"192.0.2.7:5\""))
                .isEqualTo("192.0.2.7 5");
        assertThat(client("10.0.0.1", "X-Forwarded-For: 192.0.2.7", "Forwarded: for=192.0.2.8"))
                .isNull();
        assertThat(client("10.0.0.1", "X-Forwarded-For: 192.0.2.7", "Forwarded: for=unknown"))
                .isNull();
        assertThat(client("10.0.0.1", "X-Forwarded-For: unknown", "Forwarded: for=192.0.2.8"))
                .isNull();
    }

    @Test
    void requestWithoutThemComesFromItsPeer() {
        assertThat(client("10.0.0.1", "X-Real-IP: 192.0.2.7")).isNull();
    }
}
