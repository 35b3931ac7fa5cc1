package io.framegate.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class LenientXmlTest {

    private static final List<String> FIXTURES = List.of(
            "face", "plate", "match", "vsd", "recorder", "perimeter", "alarm-status", "keepalive", "traject", "broken");

    @ParameterizedTest
    @ValueSource(
            strings = {"face", "plate", "match", "vsd", "recorder", "perimeter", "alarm-status", "keepalive", "traject"
            })
    void wellFormedDocumentsGiveTheSameEvent(String name) throws IOException {
        byte[] document = Documents.fixture(name);

        assertThat(LenientXml.read(document)).isEqualTo(stripped(Documents.tree(document)));
    }

    @Test
    void brokenDocumentIsReadAsFarAsItCanBe() {
        byte[] document = Documents.fixture("broken");
        assertThatThrownBy(() -> Documents.tree(document)).isInstanceOf(IOException.class);

        CameraEvent event = Documents.readLeniently(document, 2);

        assertThat(event.cameraId()).isEqualTo("02:00:5E:10:00:07");
        assertThat(event.type()).isEqualTo("PEA");
        assertThat(event.deviceName()).isEqualTo("Gate & yard &nbsp;");
        assertThat(event.capturedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:06Z"));
        assertThat(event.images()).extracting(CameraImage::role).containsExactly(Role.SCENE, Role.TARGET);
        assertThat(event.images().get(1).attributes()).containsOnly(entry("targetId", "6"));
        assertThat(event.problem()).isEqualTo("not well-formed");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no end tags             | <c><a>1<b>2<d>3                     | {`a`:`1`,`b`:`2`,`d`:`3`}",
                "misspelt end tag        | <c><a>1</x><b>2</b></c>             | {`a`:`1`,`b`:`2`}",
                "end tag of a container  | <c><i><a>1<b>2</i><d>3</d></c>      | {`i`:{`a`:`1`,`b`:`2`},`d`:`3`}",
                "end tag too many        | <c><a>1</a></a></i></c><b>2</b>     | {`a`:`1`,`b`:`2`}",
                "end tag in another case | <c><a><b>1</B></A><d/></c>          | {`a`:{`b`:`1`},`d`:``}",
                "unfinished tags         | <c><a 1</a><b>2</b                  | {`a`:{`1`:``},`b`:`2`}",
                "quote missing           | <c><a t='x>1</a></c>                | {`a`:{`t`:`x`,``:`1`}}",
                "no quotes               | <c v=1 w=2/>                        | {`v`:`1`,`w`:`2`}",
                "repeated                | <c><a/><a>1</a><a t='2'/></c>       | {`a`:[``,`1`,{`t`:`2`}]}",
                "prefixes and namespaces | <x:c xmlns:x='u' xmlns='v'><x:a x:t='1'/></x:c> | {`a`:{`t`:`1`}}",
                "entities                | <c><a>&lt;&#65;&#x42;&amp;</a></c>  | {`a`:`<AB&`}",
                "no entities             | <c><a>&x;&#;&#xD8000000;&#99999999;& &;</a></c> |"
                        + " {`a`:`&x;&#;&#xD8000000;&#99999999;& &;`}",
                "comments and CDATA      | <c><!-- <a>1</a> --><b><![CDATA[</c>]]></b></c> | {`b`:`</c>`}",
                "CDATA without an end    | <c><a><![CDATA[1                    | {`a`:`1`}",
                "brackets that are text  | <c><a>1 < 2</a></c>                 | {`a`:`1 < 2`}",
                "document type           | <!DOCTYPE c [<!ENTITY x '1'> ]><c><a>&x;</a></c> | {`a`:`&x;`}",
                "declaration unfinished  | <?xml version='1.0'><c><a>1</a></c> | {`a`:`1`}",
                "text in the root        | <c>1</c>                            | {``:`1`}",
                "no root                 | text only                           | {}",
            })
    void soupBecomesTheTreeThatWasMeant(String name, String document, String expected) {
        assertThat(LenientXml.read(document.getBytes(UTF_8)).toString())
                .as(name)
                .isEqualTo(expected.replace('`', '"'));
    }

    @Test
    void bytesThatAreNotUtf8AreReplaced() {
        JsonNode tree = LenientXml.read("<c><a>caf\u00e9</a><b>1</b></c>".getBytes(ISO_8859_1));

        assertThat(tree.path("a").asText()).isEqualTo("caf\ufffd");
        assertThat(tree.path("b").asText()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({
        "<config>, config",
        "\ufeff <?xml version='1.0'?><!-- <x> --><!DOCTYPE y><n:DeviceInfo a='1'/>, DeviceInfo",
        "text, ''",
        "'', ''",
    })
    void rootNameIsTheFirstElements(String document, String expected) {
        assertThat(LenientXml.rootName(document.getBytes(UTF_8))).isEqualTo(expected);
    }

    @Test
    void nestingIsCutButWhatFollowsIsRead() {
        int deep = 100_000;
        String document = "<c>" + "<a>".repeat(deep) + "x" + "</a>".repeat(deep) + "<b>1</b></c>";

        JsonNode tree = LenientXml.read(document.getBytes(UTF_8));

        assertThat(tree.path("b").asText()).isEqualTo("1");
        int levels = 0;
        for (JsonNode node = tree; node.has("a"); node = node.path("a")) {
            levels++;
        }
        assertThat(levels).isEqualTo(LenientXml.MAX_DEPTH - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<",
                "<a>",
                "<a/>",
                "</a>",
                "<a b='",
                "<!--",
                "<![CDATA[",
                "<!DOCTYPE ",
                "<!DOCTYPE [",
                "<?",
                "<!",
                "&",
                "&#",
                "<a>1",
                "a='1' ",
                "\u0000",
                "]]>",
                "<base64Data>0",
            })
    @Timeout(20)
    void effortIsLinear(String piece) {
        for (String prolog : List.of("", "<c>", "<c ")) {
            byte[] document = (prolog + piece.repeat(500_000 / piece.length())).getBytes(UTF_8);

            CameraEvent event = Documents.readLeniently(document, 3);

            assertThat(event.images()).hasSize(3);
            assertThat(event.attributes()).hasSizeLessThanOrEqualTo(Attributes.MAX);
        }
    }

    @Test
    void damagedFixturesNeverFailAndLoseNoImage() {
        Random random = new Random(20260101);
        for (int round = 0; round < 5_000; round++) {
            byte[] document = Documents.fixture(FIXTURES.get(round % FIXTURES.size()));
            for (int damages = 1 + random.nextInt(8); damages > 0; damages--) {
                document = damaged(document, random);
            }

            CameraEvent event = Documents.readLeniently(document, 5);

            assertThat(event.images()).extracting(CameraImage::number).containsExactly(0, 1, 2, 3, 4);
            assertThat(event.type().length()).isBetween(1, PeerText.MAX_LENGTH);
            assertThat(event.attributes().keySet()).allMatch(PeerText::isKey);
        }
    }

    @Test
    void anyBytesAreRead() {
        Random random = new Random(42);
        String alphabet = "<>/!?-[]=\"'&;#x:ac \n0";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder soup = new StringBuilder();
            for (int length = random.nextInt(80); length > 0; length--) {
                soup.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(Documents.readLeniently(soup.toString().getBytes(UTF_8), 1)
                            .images())
                    .hasSize(1);
        }
    }

    @Test
    void neitherReaderFetchesWhatAnEntityNames(@TempDir Path directory) throws IOException {
        Path canary = Files.writeString(directory.resolve("canary"), "CANARY");
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .configureBlocking(false);
            String url = "http://127.0.0.1:" + server.socket().getLocalPort() + "/x.dtd";
            for (String type : List.of(
                    "<!DOCTYPE config SYSTEM '" + url + "'>",
                    "<!DOCTYPE config [<!ENTITY x SYSTEM '" + url + "'>]>",
                    "<!DOCTYPE config [<!ENTITY % p SYSTEM '" + url + "'> %p;]>",
                    "<!DOCTYPE config [<!ENTITY x SYSTEM '" + canary.toUri() + "'>]>")) {
                byte[] document = (type + "<config><deviceName>&x;</deviceName></config>").getBytes(UTF_8);

                assertThat(Documents.readLeniently(document, 0).deviceName()).isEqualTo("&x;");
                assertThatThrownBy(() -> Documents.tree(document)).isInstanceOf(IOException.class);
            }
            assertThat(server.accept()).isNull();
        }
    }

    private static byte[] damaged(byte[] document, Random random) {
        if (document.length == 0) {
            return document;
        }
        String text = new String(document, ISO_8859_1);
        int at = random.nextInt(text.length());
        int to = Math.min(text.length(), at + random.nextInt(40));
        String changed =
                switch (random.nextInt(6)) {
                    case 0 -> text.substring(0, at) + text.substring(to);
                    case 1 -> text.substring(0, at) + text.substring(at, to).repeat(3) + text.substring(to);
                    case 2 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(at);
                    case 3 -> text.substring(0, at) + "<>/\"'&![".charAt(random.nextInt(8)) + text.substring(at);
                    case 4 -> text.substring(0, at);
                    default -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(at + 1);
                };
        return changed.getBytes(ISO_8859_1);
    }

    /** Jackson keeps the white space around texts, which reading the event removes. */
    private static JsonNode stripped(JsonNode tree) throws IOException {
        String json = tree.toString().replaceAll("\"(?:\\\\[nr]| )+", "\"").replaceAll("(?:\\\\[nr]| )+\"", "\"");
        return new ObjectMapper().readTree(json);
    }
}
