package io.framegate.wire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Dialect;
import io.framegate.event.RejectReason;
import io.framegate.wire.Answer;
import io.framegate.wire.CameraChannel;
import io.framegate.wire.PacketLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request is answered when all of it is stored. */
class SuccessBodyTest {

    private static final String JSON = "{\"a\":1}";
    private static final String XML = "<a><b>1</b></a>";
    private static final String STATUS = "{\"RequestURL\":\"%s\",\"StatusCode\":0,\"StatusString\":\"OK\"}";

    private static CameraChannel camera(@Nullable SuccessBody answer) {
        HttpOptions usual = HttpOptions.DEFAULT;
        return new CameraChannel(
                new HttpFormat(PacketLimits.DEFAULT, new HttpOptions(null, usual.cameras(), answer, usual.trusted())));
    }

    private static String post(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String answer(String path, String body, @Nullable Dialect dialect) {
        try (CameraChannel camera = camera(null).send(post(path, body))) {
            String written = camera.answer(Answer.accepted(dialect)).written();
            assertThat(written).startsWith("HTTP/1.1 200 OK");
            return written;
        }
    }

    private static void assertBody(String written, String contentType, String body) {
        String[] parts = written.split("\r\n\r\n", 2);
        assertThat(parts[0]).containsIgnoringCase("content-type: " + contentType);
        assertThat(parts[0]).containsIgnoringCase("content-length: " + parts[1].getBytes(ISO_8859_1).length);
        assertThat(parts[1].strip()).isEqualTo(body);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void pageOnFormatsSaysTheAnswerToEachDialect(Dialect dialect) throws IOException {
        String page = Files.readString(Path.of("src/docs/formats.md"));
        String makers = page.substring(page.indexOf("\n## Makers\n"), page.indexOf("\n## Documents\n"));
        String answer = SuccessBody.of(dialect, "/", false).name().toLowerCase(Locale.ROOT);
        String xml = SuccessBody.of(dialect, "/", true).name().toLowerCase(Locale.ROOT);
        boolean sameForXml = answer.equals(xml) || dialect != Dialect.OTHER;
        assertThat(makers.lines().filter(line -> line.startsWith("| `" + dialect.tag() + "` |")))
                .singleElement()
                .asString()
                .endsWith("| `" + answer + "`" + (sameForXml ? "" : ", after XML `" + xml + "`") + " |");
    }

    @Test
    void dahuaIsToldTheResult() {
        assertBody(
                answer("/NotificationInfo/TollgateInfo", JSON, Dialect.DAHUA), "application/json", "{\"Result\":true}");
        assertBody(answer("/NotificationInfo/KeepAlive", JSON, Dialect.DAHUA), "application/json", "{\"Result\":true}");
    }

    @Test
    void hikvisionIsToldTheStatusAsXml() {
        for (String body : List.of(JSON, XML)) {
            assertThat(answer("/lpr?a=1", body, Dialect.HIKVISION))
                    .containsIgnoringCase("content-type: application/xml")
                    .contains("<ResponseStatus version=\"2.0\"")
                    .contains("<requestURL>/lpr</requestURL><statusCode>1</statusCode><statusString>OK</statusString>");
        }
    }

    @Test
    void videoPlatformIsToldTheStatusObject() {
        String type = "application/VIID+JSON";
        for (Dialect dialect : List.of(Dialect.GAT1400, Dialect.OTHER)) {
            String register = "/VIID/System/Register";
            assertBody(answer(register, JSON, dialect), type, "{\"ResponseStatusObject\":" + status(register) + "}");
            String keepalive = "/viid/system/Keepalive";
            assertBody(answer(keepalive, JSON, dialect), type, "{\"ResponseStatusObject\":" + status(keepalive) + "}");
            assertBody(
                    answer("/VIID/Faces", JSON, dialect),
                    type,
                    "{\"ResponseStatusListObject\":{\"ResponseStatusObject\":[" + status("/VIID/Faces") + "]}}");
        }
    }

    private static String status(String path) {
        return STATUS.replace("%s", path);
    }

    @Test
    void othersGetWhatTheyAlwaysGot() {
        for (String body : List.of(XML, "", "  ")) {
            assertThat(answer("/API", body, null)).contains("<status>success</status>");
            assertThat(answer("/VIID/System/Keepalive", body, Dialect.OTHER)).contains("<status>success</status>");
        }
        assertThat(answer("/API", XML, Dialect.TVT)).contains("<status>success</status>");
        assertBody(answer("/", JSON, null), "text/plain", "ok");
        assertBody(answer("/", "\u00ff\u00d8\u00ff a picture \u00ff\u00d9", Dialect.OTHER), "text/plain", "ok");
        assertBody(answer("/", JSON, Dialect.OPENALPR), "text/plain", "ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/VIID/\"},{\"", "/VIID/<a>", "/VIID/%22", "/VIID/a&b", "/VIID/$path\\u0022", "/VIID/\u00e4", "*"
            })
    void bodyRepeatsOnlyHarmlessPaths(String path) {
        assertThat(answer(path, JSON, Dialect.GAT1400)).contains("\"RequestURL\":\"/\"");
        assertThat(answer(path, JSON, Dialect.HIKVISION)).contains("<requestURL>/</requestURL>");
        assertThat(answer("/" + "a".repeat(SuccessBody.MAX_PATH), JSON, Dialect.HIKVISION))
                .contains("<requestURL>/</requestURL>");
    }

    @ParameterizedTest
    @EnumSource
    void propertyChoosesOneAnswerForAll(SuccessBody body) {
        try (CameraChannel camera = camera(body)) {
            List<String> written = new ArrayList<>();
            for (String sent : List.of(JSON, XML, "")) {
                camera.send(post("/API", sent));
                written.add(camera.answer(Answer.accepted(Dialect.TVT)).written());
            }
            assertThat(written)
                    .allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 200 OK"))
                    .containsOnly(written.get(0));
        }
    }

    @Test
    void rejectIsTheSameInEveryDialect() {
        try (CameraChannel camera = camera(SuccessBody.DAHUA).send(post("/", XML + XML))) {
            camera.answer(Answer.accepted(Dialect.DAHUA));
            camera.answer(new Answer(RejectReason.NOT_STORED, "not stored, send again"));
            assertThat(camera.written()).startsWith("HTTP/1.1 503").contains("not-stored: not stored, send again");
        }
    }

    @Test
    void firstPacketThatKnowsTheDialectDecides() {
        try (CameraChannel camera = camera(null).send(post("/", XML + XML + XML))) {
            camera.answer(Answer.ACCEPTED);
            camera.answer(Answer.accepted(Dialect.DAHUA));
            camera.answer(Answer.accepted(Dialect.HIKVISION));
            assertThat(camera.written()).contains("{\"Result\":true}");
        }
    }

    @ParameterizedTest
    @CsvSource({"auto,", "tvt,TVT", "hikvision,HIKVISION", "dahua,DAHUA", "gat1400,GAT1400", "ok,OK"})
    void namesAreThoseOfTheProperty(String name, @Nullable SuccessBody body) {
        assertThat(SuccessBody.names()).hasSize(6).contains(name);
        assertThat(SuccessBody.named(name)).isEqualTo(body);
    }

    @Test
    void documentationListsTheAnswerOfEveryDialect() throws IOException {
        String page = Files.readString(Path.of("src/docs/formats.md"));
        String table = page.substring(page.indexOf("| the request is "));
        List<String> rows =
                table.substring(0, table.indexOf("\n\n")).lines().skip(2).toList();
        assertThat(rows).hasSize(SuccessBody.values().length);
        for (Dialect dialect : Dialect.values()) {
            SuccessBody body = SuccessBody.of(dialect, "/", dialect == Dialect.TVT);
            assertThat(rows)
                    .filteredOn(row -> row.split("\\|", 0)[1].contains("`" + dialect.tag() + "`"))
                    .as(dialect.tag())
                    .singleElement()
                    .asString()
                    .contains("| `" + body.name().toLowerCase(Locale.ROOT) + "` |");
        }
    }
}
