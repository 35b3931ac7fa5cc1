package io.framegate.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of the page on formats are those of the code. A failure shows the right row, to be pasted. */
class FormatsPageTest {

    private static final Map<FieldNames, String> MEANINGS = Map.ofEntries(
            Map.entry(FieldNames.TIME, "time | `FramegateCapturedAt`"),
            Map.entry(FieldNames.TIME_ZONE, "time zone | zone of local times"),
            Map.entry(FieldNames.DAYLIGHT, "daylight saving time | zone of local times"),
            Map.entry(FieldNames.TYPE, "type | `FramegateEventType`"),
            Map.entry(FieldNames.PLATE, "plate | attribute `plateNumber`"),
            Map.entry(FieldNames.MAC_ADDRESS, "MAC address | `FramegateMacAddress`"),
            Map.entry(FieldNames.CAMERA, "camera id | `FramegateCameraId`, without a MAC address"),
            Map.entry(FieldNames.DEVICE_NAME, "camera name | `FramegateDeviceName`"),
            Map.entry(FieldNames.SERIAL, "serial number | `FramegateSerial`"),
            Map.entry(FieldNames.CHANNEL, "channel | `FramegateVideoChannel`"),
            Map.entry(FieldNames.RECTANGLE, "rectangle | attribute `rect`"),
            Map.entry(FieldNames.EVENT_ID, "event id | attribute `eventId`"),
            Map.entry(FieldNames.EVENT_STATE, "start and stop | attribute `eventState`"));

    private static List<String> page() throws IOException {
        return Files.readAllLines(Path.of("src/docs/formats.md"));
    }

    @Test
    void namesAreThoseOfTheCode() throws IOException {
        List<String> rows = Arrays.stream(FieldNames.values())
                .map(field -> "| " + MEANINGS.get(field) + " | "
                        + field.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")) + " |")
                .toList();
        assertThat(page()).containsSubsequence(rows);
    }

    @Test
    void dialectsAreThoseOfTheCode() throws IOException {
        List<String> rows = Arrays.stream(Dialect.values())
                .map(dialect -> "| `" + dialect.tag() + "` | ")
                .toList();
        assertThat(page().stream().map(line -> rows.stream()
                        .filter(line::startsWith)
                        .findFirst()
                        .orElse("")))
                .containsSubsequence(rows);
    }

    /** Of the table of makers; the test of the answers checks its last column. */
    @Test
    void everyDialectSaysWhatToSetAndWhatIsRead() throws IOException {
        String page = String.join("\n", page());
        String makers = page.substring(page.indexOf("\n## Makers\n"), page.indexOf("\n## Documents\n"));
        List<String> rows =
                makers.lines().filter(line -> line.startsWith("| `")).toList();
        assertThat(rows)
                .extracting(row -> row.split("`", 3)[1])
                .containsExactlyElementsOf(
                        Arrays.stream(Dialect.values()).map(Dialect::tag).toList());
        assertThat(rows).allSatisfy(row -> assertThat(row).matches("\\|( [^|]{4,} \\|){4}"));
    }

    @Test
    void keepalivesAreThoseOfTheCode() throws IOException {
        String text = String.join(" ", page());
        for (String rule : Keepalives.BUILT_IN.split(",", 0)) {
            assertThat(text).contains("`" + rule.strip() + "`");
        }
    }
}
