package io.framegate.watch.wall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.framegate.event.RejectReason;
import io.framegate.intake.Ban;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WallJsonTest {

    private static final Instant AT = Instant.parse("2026-03-29T07:58:21Z");

    @Test
    void allBansAreCountedAndTheFirstHundredListed() {
        List<Ban> bans = IntStream.range(0, 300)
                .mapToObj(number -> new Ban("peer-" + number, RejectReason.BAD_HTTP, AT, AT.plusSeconds(600)))
                .toList();
        JsonNode json = WallJson.bans(bans);
        assertThat(json.path("total").asInt()).isEqualTo(300);
        assertThat(json.path("bans")).hasSize(100);
        assertThat(json.path("bans").path(0))
                .hasToString(
                        """
                {"address":"peer-0","reason":"bad-http","since":"2026-03-29T07:58:21Z","until":"2026-03-29T08:08:21Z"}\
                """);
    }
}
