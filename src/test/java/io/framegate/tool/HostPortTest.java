package io.framegate.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "host:",
                ":80",
                "host:0",
                "host:65536",
                "::1:80",
                "host:+80",
                "http://host:80",
                "a b:80",
                "u@host:80",
                "[host:80",
                "[]:80"
            })
    void anythingButHostAndPortIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostPort.of(text))
                .withMessage("--to: " + text + " (expected: host:port, or [IPv6]:port)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[2001:db8::1]:8080", "[fe80::1%eth0]:1", "cam_gate.example:65535", "192.0.2.1:80"})
    void textIsReadAndWrittenTheSameWay(String text) {
        assertThat(HostPort.of(text)).hasToString(text);
    }

    @Test
    void hostOfAnIpv6AddressHasNoBrackets() {
        assertThat(HostPort.of("[2001:db8::1]:8080")).isEqualTo(new HostPort("2001:db8::1", 8080));
    }
}
