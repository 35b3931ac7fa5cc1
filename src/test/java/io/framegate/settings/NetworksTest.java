package io.framegate.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    192.0.2.7                  | 192.0.2.7            | true
                    192.0.2.7                  | 192.0.2.8            | false
                    192.0.2.0/24               | 192.0.2.255          | true
                    192.0.2.0/24               | 192.0.3.0            | false
                    10.0.0.0/8                 | 10.255.255.255       | true
                    10.0.0.0/8                 | 11.0.0.0             | false
                    192.0.2.128/25             | 192.0.2.127          | false
                    192.0.2.128/25             | 192.0.2.128          | true
                    192.0.2.6/31               | 192.0.2.7            | true
                    192.0.2.6/31               | 192.0.2.8            | false
                    192.0.2.7/32               | 192.0.2.7            | true
                    0.0.0.0/0                  | 203.0.113.1          | true
                    0.0.0.0/0                  | 2001:db8::1          | false
                    ::/0                       | 2001:db8::1          | true
                    ::/0                       | 203.0.113.1          | false
                    2001:db8::/32              | 2001:db8:ffff::1     | true
                    2001:db8::/32              | 2001:db9::1          | false
                    2001:DB8::/33              | 2001:db8:8000::1     | false
                    ::1                        | ::1                  | true
                    192.0.2.7                  | ::ffff:192.0.2.7     | true
                    ::ffff:192.0.2.7           | 192.0.2.7            | true
                    ::ffff:192.0.2.0/120       | 192.0.2.200          | true
                    ::ffff:192.0.2.0/120       | 192.0.3.1            | false
                    ::ffff:0:0/96              | 203.0.113.1          | true
                    192.0.2.7 , 2001:db8::/32  | 2001:db8::5          | true
                    """)
    void addressIsInItsNetworksAlone(String networks, String address, boolean expected) throws UnknownHostException {
        assertThat(Networks.parse(networks).contain(InetAddress.getByName(address)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camera.example",
                "localhost",
                "10",
                "10.0.0",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/08",
                "10.0.0.0/255.0.0.0",
                "/8",
                "010.0.0.1",
                "300.0.0.1",
                "192.0.2.7:18000",
                "192.0.2.1-192.0.2.9",
                "192.0.2.7,",
                "192.0.2.7,,192.0.2.8",
                "192.0.2.7;192.0.2.8",
                "192.0.2.*",
                "١٩٢.0.2.7",
                ":",
                ":::",
                "::1/129",
                "fe80::1%eth0",
                "[::1]",
                "::ffff:192.0.2.7/8",
                "1:2:3:4:5:6:7:8:9"
            })
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> Networks.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Nobody knows whether the one address is meant, or all of the network. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    10.1.2.3/8               | 10.0.0.0/8             | 10.1.2.3
                    192.0.2.77/24            | 192.0.2.0/24           | 192.0.2.77
                    192.0.2.7/31             | 192.0.2.6/31           | 192.0.2.7
                    0.0.0.1/0                | 0.0.0.0/0              | 0.0.0.1
                    2001:db8::1/32           | 2001:db8::/32          | 2001:db8::1
                    fe80:0:0:1::5/64         | fe80:0:0:1::/64        | fe80:0:0:1::5
                    ::1/0                    | ::/0                   | ::1
                    ::ffff:192.0.2.7/120     | ::ffff:192.0.2.0/120   | ::ffff:192.0.2.7
                    """)
    void addressWithinANetworkIsRefusedWithBothMeanings(String text, String network, String address) {
        assertThatThrownBy(() -> Networks.parse("198.51.100.0/24, " + text))
                .hasMessage(text + " (expected: " + network + " for the whole network, or " + address
                        + " for one address)");
        assertThatCode(() -> Networks.parse(network + "," + address)).doesNotThrowAnyException();
    }

    @Test
    void noTextIsNoNetwork() {
        assertThat(Networks.parse(" ").isEmpty()).isTrue();
        assertThat(Networks.parse("192.0.2.7").isEmpty()).isFalse();
    }
}
