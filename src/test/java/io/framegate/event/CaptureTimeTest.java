package io.framegate.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
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

    @ParameterizedTest
    @CsvSource({
        "1767225599.25, 2025-12-31T23:59:59.250Z",
        "1.76722559925E9, 2025-12-31T23:59:59.250Z",
        "1767225599123, 2025-12-31T23:59:59.123Z",
        "2025-12-31T23:59:59Z, 2025-12-31T23:59:59Z",
        "2025-12-31T23:59:59.123456+02:00, 2025-12-31T21:59:59.123456Z",
        "20251231T235959Z, 2025-12-31T23:59:59Z",
        "20251231T235959+0100, 2025-12-31T22:59:59Z",
        "2025-12-31 23:59:59 GMT, 2025-12-31T23:59:59Z",
        "2025-12-31 23:59:59 -05, 2026-01-01T04:59:59Z",
    })
    void zoneOrEpochNeedsNoZoneOfTheCamera(String text, Instant expected) {
        assertThat(CaptureTime.readWithZone(text, RECEIVED_AT)).isEqualTo(expected);
        assertThat(CaptureTime.readLocal(text, ZoneId.of("Asia/Tokyo"), RECEIVED_AT))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2025-12-31 09:58:21, 2025-12-31T08:58:21Z",
        "2025-12-31T09:58:21.123, 2025-12-31T08:58:21.123Z",
        "2025/12/31 9:58:21, 2025-12-31T08:58:21Z",
        "31-12-2025 09:58:21, 2025-12-31T08:58:21Z",
        "12-31-2025 09:58:21 PM, 2025-12-31T20:58:21Z",
        "12/31/2025 12:00:00 am, 2025-12-30T23:00:00Z",
        "20251231095821, 2025-12-31T08:58:21Z",
        "20251231095821123, 2025-12-31T08:58:21.123Z",
        "2025-07-01 09:58:21, 2025-07-01T07:58:21Z",
        "05-12-2025 10:00:00, 2025-12-05T09:00:00Z", // the nearer of two readings
        "12-05-2025 10:00:00, 2025-12-05T09:00:00Z",
        "2025-10-26 02:30:00, 2025-10-26T01:30:00Z", // the hour that is there twice
    })
    void localTimeIsReadInTheZoneThatIsGiven(String text, Instant expected) {
        assertThat(CaptureTime.readLocal(text, ZoneId.of("Europe/Berlin"), RECEIVED_AT))
                .isEqualTo(expected);
        assertThat(CaptureTime.readWithZone(text, RECEIVED_AT)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-13-31 09:58:21",
                "2025-12-31 24:58:21",
                "2025-12-31 13:58:21 PM",
                "2025-12-31 00:58:21 AM",
                "1999-12-31 09:58:21",
                "2026-01-03 09:58:21",
                "20250231095821",
                "2025-12-31",
                "31-12-25 09:58:21",
                "today",
                "",
                "\u0662\u0660\u0662\u0665-12-31 09:58:21",
            })
    void impossibleDateIsNone(String text) {
        assertThat(CaptureTime.readLocal(text, ZoneOffset.UTC, RECEIVED_AT)).isNull();
        assertThat(CaptureTime.readWithZone(text, RECEIVED_AT)).isNull();
    }
}
