package io.framegate.tool.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @CsvSource({"2/s, 500000000", "0.5/s, 2000000000", "30/m, 2000000000", "60/h, 60000000000", "max, 0"})
    void rateIsAnInterval(String text, long nanos) {
        assertThat(Rate.parse(text).intervalNanos()).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "0/s", "-1/s", "2/d", "٢/s", "fast", "MAX"})
    void whatIsNoRateIsRefused(String text) {
        assertThatThrownBy(() -> Rate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--rate: " + text + " (expected: like 2/s, 30/m or max)");
    }

    @Test
    void camerasAreSpreadEvenlyOverTheInterval() {
        Schedule schedule = new Schedule(0, 10 * SECOND, 4, Rate.parse("1/s"));
        assertThat(schedule.due(0, 0, 7)).isZero();
        assertThat(schedule.due(1, 0, 7)).isEqualTo(SECOND / 4);
        assertThat(schedule.due(3, 2, 7)).isEqualTo(2 * SECOND + SECOND * 3 / 4);
    }

    @Test
    void nothingIsDueAtTheEndAlsoWhereTheClockWraps() {
        long start = Long.valueOf(Long.MAX_VALUE) - SECOND;
        Schedule schedule = new Schedule(start, start + 2 * SECOND, 1, Rate.parse("1/s"));
        assertThat(schedule.isOver(schedule.due(0, 1, start))).isFalse();
        assertThat(schedule.isOver(schedule.due(0, 2, start))).isTrue();
    }

    @Test
    void remainingIsWhatIsStillDue() {
        Schedule schedule = new Schedule(0, 5 * SECOND, 2, Rate.parse("2/s"));
        assertThat(schedule.remaining(0, 0)).isEqualTo(10);
        assertThat(schedule.remaining(1, 0)).isEqualTo(10);
        assertThat(schedule.remaining(1, 8)).isEqualTo(2);
        assertThat(schedule.remaining(1, 10)).isZero();
    }

    @Test
    void atTheHighestRateAPacketIsDueNow() {
        Schedule schedule = new Schedule(0, 5 * SECOND, 2, Rate.parse("max"));
        assertThat(schedule.due(1, 1000, 42)).isEqualTo(42);
        assertThat(schedule.remaining(0, 3)).isZero();
    }
}
