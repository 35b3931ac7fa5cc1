package io.framegate.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.RejectReason;
import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.Http;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bans an address from a listener. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestListener.LOG)
class PeerBanTest {

    private static final Duration SOON = Duration.ofSeconds(3);
    private static final int MAX_REJECTS = 3;
    private static final byte[] PACKET = CameraPacket.scene(1, 1_000).xml();

    @SuppressWarnings("NullAway.Init")
    private static TestListener listener;

    @BeforeAll
    static void listen() {
        PeerLimits limits = new PeerLimits(100, Long.MAX_VALUE, MAX_REJECTS, Duration.ofMinutes(10));
        listener = new TestListener(Map.of(), new ConnectionCount(100, limits));
        listener.setLogin("camera", "secret");
    }

    @AfterAll
    static void close() {
        listener.close();
    }

    /** Why an address is banned; null if it is not. */
    private static @Nullable RejectReason reason(String address) {
        return listener.connections().bans().stream()
                .filter(ban -> ban.address().equals(address))
                .map(Ban::reason)
                .findFirst()
                .orElse(null);
    }

    private static byte[] sent(String what) {
        return switch (what) {
            case "wrong password" ->
                Http.post("/a", PACKET, "Authorization: Basic Y2FtZXJhOndyb25n", "Connection: close");
            case "no user" -> Http.post("/a", PACKET, "Authorization: Basic OnNlY3JldA==", "Connection: close");
            case "format without a login" -> PACKET;
            default -> "POST / HTTP/1.1\r\nno colon\r\n\r\n".getBytes(US_ASCII);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.9.1, wrong password, UNAUTHORIZED",
        "127.0.9.2, no user, UNAUTHORIZED",
        "127.0.9.3, format without a login, UNAUTHORIZED",
        "127.0.9.4, broken request, BAD_HTTP"
    })
    void oneRejectTooManyBansTheAddressAlsoIfEachHasItsConnection(String address, String what, RejectReason reason) {
        for (int i = 0; i <= MAX_REJECTS; i++) {
            assertThat(reason(address)).isNull();
            try (Camera attacker = listener.camera(address)) {
                assertThat(attacker.send(sent(what)).isClosedWithin(SOON)).isTrue();
            }
        }
        assertThat(reason(address)).isEqualTo(reason);
        long before = listener.connections().refused(Refusal.BANNED);
        try (Camera banned = listener.camera(address)) {
            assertThat(banned.isClosedWithin(SOON)).isTrue();
        }
        assertThat(listener.connections().refused(Refusal.BANNED)).isEqualTo(before + 1);
    }

    @Test
    void wrongPasswordsOnOneConnectionBanItsAddressAndNoOther() {
        byte[] wrong = Http.post("/a", PACKET, "Authorization: Basic Y2FtZXJhOndyb25n");
        try (Camera attacker = listener.camera("127.0.9.5");
                Camera other = listener.camera("127.0.9.6")) {
            for (int i = 0; i < MAX_REJECTS; i++) {
                assertThat(attacker.send(wrong).answer().status()).isEqualTo(401);
            }
            assertThat(attacker.send(wrong).isClosedWithin(SOON)).isTrue();
            byte[] right = Http.post("/a", PACKET, "Authorization: Basic Y2FtZXJhOnNlY3JldA==");
            assertThat(other.send(right).answer().status()).isEqualTo(200);
        }
        assertThat(reason("127.0.9.5")).isEqualTo(RejectReason.UNAUTHORIZED);
        assertThat(reason("127.0.9.6")).isNull();
    }
}
