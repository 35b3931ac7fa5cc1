package io.framegate.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.RejectReason;
import io.framegate.wire.PeerAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestListener.LOG)
class PeerTableTest {

    private static PeerTable table(int maxConnections, int maxRejects, Duration ban) {
        return new PeerTable(new PeerLimits(maxConnections, Long.MAX_VALUE, maxRejects, ban));
    }

    @Test
    void connectionOverTheCapOfOneAddressIsRefusedAndAnotherAddressIsNot() {
        PeerTable table = table(2, 0, Duration.ZERO);
        Peer first = table.connected("192.0.2.1");
        table.connected("192.0.2.1");
        assertThat(table.refusal(first)).isNull();
        assertThat(table.refusal(table.connected("192.0.2.1"))).isEqualTo(Refusal.MAX_CONNECTIONS_PER_PEER);
        assertThat(table.refusal(table.connected("192.0.2.2"))).isNull();
        table.disconnected(first);
        assertThat(table.refusal(first)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 2001:0db8:0001:0002::/64",
        "2001:db8:1:2::9, 2001:0db8:0001:0002::/64",
        "fe80:0:0:0:1:2:3:4%eth0, fe80:0000:0000:0000::/64",
        "local, local"
    })
    void ipv6AddressIsItsNetwork(String host, String network) {
        assertThat(PeerAddress.network(host)).isEqualTo(network);
    }

    @Test
    void rejectsOverTheLimitCloseTheConnectionAndBanTheAddress() {
        PeerTable table = table(10, 3, Duration.ofMinutes(1));
        Peer peer = table.connected("192.0.2.1");
        for (int i = 0; i < 3; i++) {
            assertThat(peer.isRejectedTooOften(RejectReason.UNAUTHORIZED)).isFalse();
        }
        assertThat(table.bans()).isEmpty();
        assertThat(peer.isRejectedTooOften(RejectReason.BAD_HTTP)).isTrue();
        table.disconnected(peer);
        assertThat(table.bans()).singleElement().satisfies(ban -> {
            assertThat(ban.address()).isEqualTo("192.0.2.1");
            assertThat(ban.reason()).isEqualTo(RejectReason.BAD_HTTP);
            assertThat(ban.since()).isBeforeOrEqualTo(Instant.now());
            assertThat(ban.until()).isEqualTo(ban.since().plusSeconds(60));
        });
        assertThat(table.refusal(table.connected("192.0.2.1"))).isEqualTo(Refusal.BANNED);
        assertThat(table.refusal(table.connected("192.0.2.2"))).isNull();
    }

    @Test
    void rejectsOfTheGatewayItselfDoNotCount() {
        Peer peer = table(10, 1, Duration.ofMinutes(1)).connected("192.0.2.1");
        for (int i = 0; i < 5; i++) {
            assertThat(peer.isRejectedTooOften(RejectReason.OVERLOADED)).isFalse();
        }
    }

    @Test
    void banEnds() {
        PeerTable table = table(10, 1, Duration.ofNanos(1));
        Peer peer = table.connected("192.0.2.1");
        peer.isRejectedTooOften(RejectReason.MALFORMED);
        assertThat(peer.isRejectedTooOften(RejectReason.MALFORMED)).isTrue();
        assertThat(table.refusal(peer)).isNull();
        assertThat(table.bans()).isEmpty();
    }

    @Test
    void newestBanIsFirst() {
        PeerTable table = table(10, 1, Duration.ofMinutes(1));
        for (String host : List.of("192.0.2.1", "2001:db8::1", "192.0.2.3")) {
            Peer peer = table.connected(host);
            peer.isRejectedTooOften(RejectReason.MALFORMED);
            peer.isRejectedTooOften(RejectReason.MALFORMED);
        }
        assertThat(table.bans())
                .hasSize(3)
                .isSortedAccordingTo(Comparator.comparing(Ban::since).reversed());
    }

    @Test
    void withoutALimitNothingIsCounted() {
        Peer peer = table(10, 0, Duration.ofMinutes(1)).connected("192.0.2.1");
        for (int i = 0; i < 1000; i++) {
            assertThat(peer.isRejectedTooOften(RejectReason.MALFORMED)).isFalse();
        }
    }

    @Test
    void tableIsBounded() {
        PeerTable table = table(10, 1, Duration.ofHours(1));
        for (int i = 0; i < 10_000; i++) {
            Peer peer = table.connected("peer-" + i);
            peer.isRejectedTooOften(RejectReason.MALFORMED);
            peer.isRejectedTooOften(RejectReason.MALFORMED);
            table.disconnected(peer);
        }
        assertThat(table.bans()).hasSize(4096).extracting(Ban::address).contains("peer-9999");
    }
}
