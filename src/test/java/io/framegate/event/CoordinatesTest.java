package io.framegate.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoordinatesTest {

    private static Map<String, String> attributes(String document) throws IOException {
        return Documents.readJson(document, new Packet("http", "{}".getBytes(UTF_8), List.of(), "00", 0))
                .attributes();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"x1\": 1, \"y1\": 2, \"x2\": 3, \"y2\": 4} | 1,2,3,4",
                "{\"X\": 1, \"Y\": 2, \"width\": 3, \"height\": 4} | 1,2,3,4",
                "{\"x\": 1, \"y\": 2, \"w\": 3, \"h\": 4} | 1,2,3,4",
                "{\"left\": 1, \"top\": 2, \"right\": 3, \"bottom\": 4} | 1,2,3,4",
                "{\"Left\": 1.5, \"Top\": 2, \"Width\": 3, \"Height\": 4} | 1.5,2,3,4",
                "{\"LeftTopX\": 1, \"LeftTopY\": 2, \"RightBtmX\": 3, \"RightBtmY\": 4} | 1,2,3,4",
                "{\"x\": 1, \"y\": 2} | 1,2",
                "[1, 2, 3, 4] | 1,2,3,4",
                "[1, 2] | 1,2",
            })
    void elementOfItsOwnHasTheNumbersAsSent(String element, String numbers) throws IOException {
        assertThat(attributes("{\"a\": 1, \"box\": " + element + "}")).containsEntry("box", numbers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"o\": {\"x\": 10, \"y\": 20, \"w\": 100, \"h\": 60, \"label\": \"car\"} | 10,20,110,80",
                "\"o\": {\"x\": 0.5, \"y\": 0.25, \"width\": 0.25, \"height\": 0.5, \"label\": \"car\"} | 0.5,0.25,0.75,0.75",
                "\"o\": {\"LeftTopX\": 1, \"LeftTopY\": 2, \"RightBtmX\": 3, \"RightBtmY\": 4, \"label\": \"car\"} | 1,2,3,4",
                "\"o\": {\"BoundingBox\": [1, 2, 3, 4]} | 1,2,3,4",
                "\"o\": {\"BoundingBox\": [0, 0, 0, 0]}, \"p\": {\"BoundingBox\": [1, 2, 3, 4]} | 1,2,3,4",
                "\"o\": {\"BoundingBox\": [1, 2, 3]} | ",
                "\"o\": {\"x\": \"left\", \"y\": 2, \"w\": 3, \"h\": 4, \"label\": \"car\"} | ",
                "\"o\": {\"rect\": {\"x1\": 1, \"y1\": 2, \"x2\": 3, \"y2\": 4}, \"BoundingBox\": [5, 6, 7, 8]} | 1,2,3,4",
            })
    void rectIsTheCornersOfTheObject(String element, String corners) throws IOException {
        assertThat(attributes("{\"a\": 1, " + element + "}").get("rect")).isEqualTo(corners);
    }
}
