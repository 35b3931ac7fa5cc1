package io.framegate.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureTimeTest {

    private static final Instant RECEIVED_AT = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "1767225599123456, 2025-12-31T23:59:59.123456Z",
        "1767225599123, 2025-12-31T23:59:59.123Z",
        "1767225599, 2025-12-31T23:59:59Z",
        "1767276000, 2026-01-01T14:00:00Z", // local time taken for UTC, 14 hours ahead
        "1767312000, 2026-01-02T00:00:00Z",
        "0946684800, 2000-01-01T00:00:00Z",
    })
    void unitShowsInTheNumberOfDigits(String text, Instant expected) {
        assertThat(CaptureTime.read(text, RECEIVED_AT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0000000000",
                "0946684799",
                "1767312001",
                "2147558400", // 2038-01-20
                "9999999999999999",
                "17672255991",
                "176722559912345678",
                "17672255991234567890",
                "-767225599",
                "+767225599",
                "1767225599.1",
                "176722559x",
                "1\u066767225599",
                "\uff11767225599",
                "2026-03-29 09:58:21",
            })
    void impossibleTimeIsNone(String text) {
        assertThat(CaptureTime.read(text, RECEIVED_AT)).isNull();
    }
}
