package io.framegate.watch.wall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which events are asked for, and what is said of questions that cannot be meant. */
class EventQueryTest {

    private static final Instant AT = Instant.parse("2026-03-29T07:58:21Z");

    private static EventQuery query(String... pairs) {
        MultiMap parameters = MultiMap.caseInsensitiveMultiMap();
        for (int at = 0; at < pairs.length; at += 2) {
            parameters.add(pairs[at], pairs[at + 1]);
        }
        return EventQuery.of(parameters);
    }

    private static boolean finds(EventQuery query) {
        return query.test(new WallEvent(1, AT, "cam", "Cam", "VFD", Map.of(), null, null));
    }

    @Test
    void withoutParametersItIsTheLastFiftyOfAll() {
        assertThat(query().limit()).isEqualTo(50);
        assertThat(finds(query())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "camera,cam,true",
        "camera,other,false",
        "type,VFD,true",
        "type,PEA,false",
        "since,2026-03-29T07:58:21Z,true",
        "since,2026-03-29T07:58:21.001Z,false",
        "since,2026-03-29T09:58:21+02:00,true",
        "until,2026-03-29T07:58:21Z,false",
        "until,2026-03-29T07:58:21.000000001Z,true",
    })
    void eachNarrowsIt(String name, String value, boolean found) {
        assertThat(finds(query(name, value))).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "since,yesterday,a time",
        "since,'',a time",
        "since,2026-03-29T07:58:21,a time",
        "until,2026-03-29T09:58:21 02:00,%2B",
        "until,2026-02-30T00:00:00Z,a time",
        "limit,0,from 1 to 500",
        "limit,501,from 1 to 500",
        "limit,-1,from 1 to 500",
        "limit,many,from 1 to 500",
        "limit,99999999999,from 1 to 500",
    })
    void whatCannotBeMeantIsRefusedWithWhatCanBe(String name, String value, String expected) {
        assertThatThrownBy(() -> query(name, value))
                .hasMessageStartingWith(name + ": " + value)
                .hasMessageContaining("(expected: ")
                .hasMessageContaining(expected);
    }

    @Test
    void endThatIsNotAfterTheBeginIsRefused() {
        assertThatThrownBy(() -> query("since", AT.toString(), "until", AT.toString()))
                .hasMessageContaining("until: " + AT + " (expected: a time after since)");
    }

    @Test
    void whatIsSaidOfItIsOneShortLine() {
        assertThatThrownBy(() -> query("since", "a\r\nb" + "c".repeat(1000)))
                .message()
                .hasSizeLessThan(200)
                .startsWith("since: a??b")
                .doesNotContain("\r", "\n");
    }
}
