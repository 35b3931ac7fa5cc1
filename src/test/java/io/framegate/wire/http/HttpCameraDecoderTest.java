package io.framegate.wire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.RejectReason;
import io.framegate.wire.Answer;
import io.framegate.wire.CameraChannel;
import io.framegate.wire.FrameDecoderContract;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class HttpCameraDecoderTest implements FrameDecoderContract {

    private static final String XML = "<config><a>1</a></config>";
    private static final String OK = "HTTP/1.1 200 OK";
    private static final Answer NOT_STORED = new Answer(RejectReason.NOT_STORED, "not stored, send again");

    @Override
    public String formatName() {
        return "http";
    }

    @Override
    public WireFormat newFormat(int maxFrameLength) {
        return new HttpFormat(new PacketLimits(maxFrameLength, maxFrameLength, 8), null);
    }

    @Override
    public List<Oversized> oversized(int maxFrameLength) {
        String chunked = " HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        String chunk = "14\r\nAAAAAAAAAAAAAAAAAAAA\r\n";
        String image = "15\r\n<config><xBase64Data>\r\n";
        return List.of(
                new Oversized("declared length", "POST /API HTTP/1.1\r\nContent-Length: 100001\r\n\r\n", "AAAA"),
                new Oversized("image in chunks", "POST /API" + chunked + image, chunk),
                new Oversized("any picture in chunks", "POST /" + chunked + "4\r\n\u00ff\u00d8\u00ff\u00e0\r\n", chunk),
                new Oversized("JSON in chunks", "POST /" + chunked + "1\r\n{\r\n", chunk),
                new Oversized("part in chunks", "POST /" + chunked + "a\r\n--b\r\n\r\nAAA\r\n", chunk),
                new Oversized("part header in chunks", "POST /" + chunked + "7\r\n--b\r\nAA\r\n", chunk),
                new Oversized("picture in chunks", "POST /SendAlarmData/SourcePicture" + chunked, chunk));
    }

    private static CameraChannel camera() {
        return camera(null);
    }

    private static CameraChannel camera(@Nullable HttpOptions options) {
        return new CameraChannel(new HttpFormat(new PacketLimits(100_000, 10_000, 8), options));
    }

    private static String post(String path, String body, String... headers) {
        StringBuilder request = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: 192.0.2.1\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String document(Packet packet) {
        return new String(packet.document(), ISO_8859_1);
    }

    @Test
    void connectionIsKeptForTheNextRequest() {
        try (CameraChannel camera = camera()) {
            for (int i = 0; i < 3; i++) {
                camera.send(post("/API", XML));
                assertThat(document(camera.packet(i))).isEqualTo(XML);
                assertThat(camera.written()).isEmpty();
                String response = camera.answer(Answer.ACCEPTED).written();
                assertThat(response).startsWith(OK).contains("<status>success</status>");
                assertThat(response.toLowerCase(Locale.ROOT)).doesNotContain("connection: close");
            }
            assertThat(camera.isOpen()).isTrue();
            assertThat(camera.progress().framesBegun()).isEqualTo(3);
        }
    }

    @Test
    void connectionClosesBehindTheAnswerIfTheCameraAsksForIt() {
        for (String request : List.of(
                post("http://192.0.2.1:8080/API", XML, "Connection: close"),
                "POST /API HTTP/1.0\r\nContent-Length: " + XML.length() + "\r\n\r\n" + XML)) {
            try (CameraChannel camera = camera().send(request)) {
                assertThat(document(camera.packet(0))).isEqualTo(XML);
                assertThat(camera.isOpen()).isTrue();
                assertThat(camera.answer(Answer.ACCEPTED).written()).startsWith(OK);
                assertThat(camera.isOpen()).isFalse();
            }
        }
    }

    @Test
    void http10ConnectionIsKeptIfTheCameraAsksForIt() {
        String request = "POST /API HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: " + XML.length() + "\r\n\r\n";
        try (CameraChannel camera = camera().send(request + XML)) {
            assertThat(camera.answer(Answer.ACCEPTED).written()).startsWith(OK);
            assertThat(camera.isOpen()).isTrue();
        }
    }

    @Test
    void chunksCountAndNotTheLengthBesideThem() {
        String head = "POST /API HTTP/1.1\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (CameraChannel camera = camera().send(head + "19\r\n" + XML + "\r\n0\r\n\r\n")) {
            assertThat(camera.received()).hasSize(1);
            assertThat(document(camera.packet(0))).isEqualTo(XML);
            assertThat(camera.answer(Answer.ACCEPTED).written()).startsWith(OK);
        }
    }

    /** A proxy that believes the length sees the chunks as the next request. */
    @Test
    void connectionIsNotKeptAfterAChunkedBodyWithALength() {
        String head = "POST /API HTTP/1.1\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (CameraChannel camera = camera().send(head + "19\r\n" + XML + "\r\n0\r\n\r\n")) {
            assertThat(document(camera.packet(0))).isEqualTo(XML);
            assertThat(camera.answer(Answer.ACCEPTED).written())
                    .startsWith(OK)
                    .containsIgnoringCase("connection: close");
            assertThat(camera.isOpen()).isFalse();
        }
    }

    @Test
    void chunkedBodyMayHaveTrailers() {
        String request = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n19;x=y\r\n" + XML
                + "\r\n0\r\nX-A: b\r\n\r\n" + post("/", XML);
        for (int length : new int[] {1000, 3, 1}) {
            try (CameraChannel camera = camera().sendInPieces(request.getBytes(US_ASCII), length)) {
                assertThat(camera.received()).hasSize(2);
                assertThat(document(camera.packet(0))).isEqualTo(XML);
                assertThat(document(camera.packet(1))).isEqualTo(XML);
            }
        }
    }

    @Test
    void nothingIsReadAfterTheLastRequest() {
        String request = post("/", XML, "Connection: close");
        for (int length : new int[] {1000, 1}) {
            try (CameraChannel camera = camera().sendInPieces((request + request).getBytes(US_ASCII), length)) {
                assertThat(camera.progress().midFrame()).isFalse();
                camera.channel().close();
                assertThat(camera.received()).hasSize(1);
            }
        }
    }

    @Test
    void headOfManyShortLinesIsRefused() {
        try (CameraChannel camera = camera().send("POST / HTTP/1.1\r\n" + "a:\r\n".repeat(101) + "\r\n")) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.BAD_HTTP);
            assertThat(camera.reject(0).detail()).startsWith("header lines: > 100");
        }
    }

    @Test
    void overloadedCameraIsToldWhenToSendAgain() {
        try (CameraChannel camera = camera().send(post("/API", XML))) {
            assertThat(camera.answer(new Answer(RejectReason.OVERLOADED, "too much"))
                            .written())
                    .startsWith("HTTP/1.1 503")
                    .containsIgnoringCase("retry-after: 5");
        }
    }

    @Test
    void bodyOfManyPacketsEndsWithOneReject() {
        for (String body : List.of(
                "<a/>".repeat(5000),
                "<a>".repeat(20) + "</b>".repeat(20),
                "--b\r\n\r\n" + "<a/>".repeat(5000) + "\r\n--b--")) {
            try (CameraChannel camera = camera().send(post("/API", body))) {
                assertThat(camera.received().size()).isLessThanOrEqualTo(65);
                if (body.length() > 1000) {
                    assertThat(camera.received()).hasSize(65);
                    assertThat(camera.reject(64).detail()).isEqualTo("packets in a body: > 64 (expected: <= 64)");
                    for (int i = 0; i < 64; i++) {
                        camera.answer(Answer.ACCEPTED);
                    }
                    assertThat(camera.answer(rejected(camera, 64)).written()).startsWith("HTTP/1.1 413");
                }
                assertThat(camera.progress().heldBytes()).isLessThan(1000);
            }
        }
    }

    @Test
    void emptyBodyIsAHeartbeat() {
        try (CameraChannel camera = camera().send(post("/SendKeepalive", "") + post("/API", "\r\n"))) {
            assertThat(camera.received()).hasSize(2);
            assertThat(camera.packet(0).hasDocument()).isFalse();
            assertThat(camera.packet(1).hasDocument()).isFalse();
            assertThat(camera.answer(Answer.ACCEPTED).answer(Answer.ACCEPTED).written())
                    .containsPattern("(?s)200 OK.*200 OK");
        }
    }

    @Test
    void linesBehindARequestBeginNoRequest() {
        try (CameraChannel camera =
                camera().send(post("/API", XML)).send("\r\n").send("\r\n")) {
            assertThat(camera.progress().midFrame()).isFalse();
            camera.send(post("/API", XML) + "POS");
            assertThat(camera.progress().midFrame()).isTrue();
            assertThat(camera.progress().framesBegun()).isEqualTo(3);
            camera.send("T /API HTTP/1.1\r\nContent-Length: 0\r\n\r\n");
            assertThat(camera.progress().midFrame()).isFalse();
            assertThat(camera.received()).hasSize(3);
        }
    }

    @Test
    void cameraThatWaitsIsToldToGoOn() {
        String request = post("/API", XML, "Expect: 100-continue");
        int body = request.length() - XML.length();
        try (CameraChannel camera = camera().send(request.substring(0, body))) {
            assertThat(camera.written()).startsWith("HTTP/1.1 100 Continue");
            camera.send(XML);
            assertThat(document(camera.packet(0))).isEqualTo(XML);
            assertThat(camera.answer(Answer.ACCEPTED).written()).startsWith(OK);
        }
    }

    @Test
    void gzippedBodyIsRead() {
        String body = new String(gzip(XML), ISO_8859_1);
        for (int length : new int[] {1000, 1}) {
            try (CameraChannel camera = camera()) {
                camera.sendInPieces(post("/API", body, "Content-Encoding: gzip").getBytes(ISO_8859_1), length);
                assertThat(document(camera.packet(0))).isEqualTo(XML);
                assertThat(camera.answer(Answer.ACCEPTED).written()).startsWith(OK);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ff\u00d8\u00ff a picture \u00ff\u00d9", "{\"mac\":\"02:00:5E:10:00:01\"}", XML})
    void gzippedBodyOfAnyKindIsWhole(String body) {
        String compressed = new String(gzip(body), ISO_8859_1);
        for (int length : new int[] {1000, 7, 1}) {
            try (CameraChannel camera = camera()) {
                camera.sendInPieces(
                        post("/", compressed, "Content-Encoding: gzip").getBytes(ISO_8859_1), length);
                assertThat(camera.packet(0).length()).isEqualTo(body.length());
                assertThat(camera.answer(Answer.ACCEPTED).written()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void emptyGzipIsAHeartbeat() {
        String compressed = new String(gzip(""), ISO_8859_1);
        try (CameraChannel camera = camera().send(post("/API", compressed, "Content-Encoding: gzip"))) {
            assertThat(camera.packet(0).hasDocument()).isFalse();
        }
    }

    @Test
    void damagedGzipIsBadHttpAndClosesTheConnection() {
        byte[] damaged = gzip(XML.repeat(20));
        damaged[15] ^= 0x55;
        damaged[2] = 77;
        String request = post("/API", new String(damaged, ISO_8859_1), "Content-Encoding: gzip");
        for (int length : new int[] {1000, 1}) {
            try (CameraChannel camera = camera().sendInPieces(request.getBytes(ISO_8859_1), length)) {
                camera.send(post("/API", XML));
                assertThat(camera.received()).hasSize(1);
                assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.BAD_HTTP);
                assertThat(camera.reject(0).closing()).isTrue();
                assertThat(camera.answer(rejected(camera, 0)).written()).startsWith("HTTP/1.1 400");
                assertThat(camera.isOpen()).isFalse();
                assertThat(camera.escaped()).isEmpty();
            }
        }
    }

    private static Answer rejected(CameraChannel camera, int number) {
        return new Answer(camera.reject(number).reason(), camera.reject(number).detail());
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    void gzipThatGrowsBeyondTheCapIsRejected() {
        String body = new String(gzip("<config><a>" + "a".repeat(30_000_000)), ISO_8859_1);
        try (CameraChannel camera = camera().send(post("/API", body, "Content-Encoding: gzip"))) {
            assertThat(camera.received()).hasSize(1);
            assertThat(camera.reject(0).reason()).isIn(RejectReason.TOO_LONG, RejectReason.BAD_HTTP);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 9, 10, 15})
    void gzipThatEndsBeforeItsEndIsBadHttp(int length) {
        String cut = new String(gzip(XML), ISO_8859_1).substring(0, length);
        try (CameraChannel camera = camera().send(post("/API", cut, "Content-Encoding: gzip"))) {
            assertThat(camera.received()).hasSize(1);
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.BAD_HTTP);
            assertThat(camera.answer(rejected(camera, 0)).written()).startsWith("HTTP/1.1 400");
            camera.send(post("/API", XML));
            assertThat(document(camera.packet(1))).isEqualTo(XML);
        }
    }

    @Test
    void emptyBodyThatIsCalledGzipIsAHeartbeat() {
        try (CameraChannel camera = camera().send(post("/API", "", "Content-Encoding: gzip"))) {
            assertThat(camera.packet(0).hasDocument()).isFalse();
        }
    }

    @Test
    void browserIsShownAPage() {
        try (CameraChannel camera = camera().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
            assertThat(camera.received()).isEmpty();
            assertThat(camera.written()).startsWith(OK).contains("Framegate").contains("text/html");
        }
        try (CameraChannel camera = camera().send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")) {
            assertThat(camera.written()).startsWith(OK).doesNotContain("<h1>").endsWith("\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "OPTIONS", "PATCH"})
    void otherMethodsAreNotAllowed(String method) {
        try (CameraChannel camera = camera().send(method + " / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc")) {
            assertThat(camera.received()).isEmpty();
            assertThat(camera.written()).startsWith("HTTP/1.1 405");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nContent-Length: abc\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\n1",
                "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n<config>\r\n-1\r\n",
                "POST /\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 1\r\nX: a\r\nContent-Length: 2\r\n\r\n1",
                "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n1",
                "POST / HTTP/1.1\r\nContent-Length: +1\r\nContent-Length: +1\r\n\r\n1",
                "POST / HTTP/1.1\r\nContent-Length: 1, 1\r\n\r\n1",
                "POST / HTTP/1.1\r\nContent-Length: 01\r\nContent-Length: 1\r\n\r\n1",
                "POST / HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nX: a\nContent-Length: 1\r\n\r\n1",
                "POST / HTTP/1.1\nX: a\r\nContent-Length: 1\n\n1",
                "POST / HTTP/1.1\nContent-Length: 1\n\r\n1",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\n\n",
                "POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n1\na\n0\n\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: a\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: a\r\n\n",
                "POST / HTTP/1.1\r\nContent-Length: 0, 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: identity\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length:\r\n 1\r\n\r\n1",
                "POST / HTTP/1.1\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length : 1\r\n\r\n1",
                "POST / HTTP/1.1\r\n Content-Length: 1\r\n\r\n1",
                "POST / HTTP/1.1\r\nX: a\rContent-Length: 1\r\n\r\n1",
                "POST / HTTP/1.1\r\nX: a\0b\r\n\r\n",
                "POST / HTTP/1.1\r\nX\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1 1\r\na\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n+1\r\na\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n<config>ab\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n100000000001\r\na",
            })
    void requestThatCannotBeReadIsBadHttpAndClosesTheConnection(String request) {
        for (int length : new int[] {1000, 1}) {
            try (CameraChannel camera = camera().sendInPieces(request.getBytes(US_ASCII), length)) {
                camera.send(post("/API", XML));
                assertThat(camera.received()).as(camera.described().toString()).hasSize(1);
                assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.BAD_HTTP);
                assertThat(camera.reject(0).closing()).isTrue();
                assertThat(camera.answer(rejected(camera, 0)).written())
                        .startsWith("HTTP/1.1 400")
                        .containsIgnoringCase("connection: close");
                assertThat(camera.isOpen()).isFalse();
                assertThat(camera.received()).hasSize(1);
            }
        }
    }

    @Test
    void declaredLengthOverTheCapIsAnsweredBeforeTheBody() {
        try (CameraChannel camera = camera().send("POST /API HTTP/1.1\r\nContent-Length: 100001\r\n\r\n<config>")) {
            assertThat(camera.received()).hasSize(1);
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.TOO_LONG);
            assertThat(camera.reject(0).detail()).isEqualTo("content length: 100001 (expected: <= 100000)");
            assertThat(camera.reject(0).closing()).isTrue();
            camera.send("<a>");
            assertThat(camera.answer(rejected(camera, 0)).written())
                    .startsWith("HTTP/1.1 413")
                    .containsIgnoringCase("connection: close");
            assertThat(camera.isOpen()).isFalse();
            assertThat(camera.received()).hasSize(1);
        }
    }

    @Test
    void bodyThatIsNoXmlIsABadRequest() {
        try (CameraChannel camera = camera().send(post("/API", "a=1&b=2"))) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.UNKNOWN_PART);
            assertThat(camera.answer(rejected(camera, 0)).written()).startsWith("HTTP/1.1 400");
            camera.send(post("/API", XML));
            assertThat(document(camera.packet(1))).isEqualTo(XML);
        }
    }

    @Test
    void packetDoesNotGoOnInTheNextRequest() {
        try (CameraChannel camera = camera().send(post("/API", "<config><a>") + post("/API", XML))) {
            assertThat(camera.received()).hasSize(2);
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.INCOMPLETE);
            assertThat(camera.reject(0).closing()).isFalse();
            assertThat(document(camera.packet(1))).isEqualTo(XML);
            assertThat(camera.answer(rejected(camera, 0))
                            .answer(Answer.ACCEPTED)
                            .written())
                    .containsPattern("(?s)400 Bad.*200 OK");
        }
    }

    @Test
    void packetTooLongIsRejectedAndTheRestOfItsBodyIgnored() {
        String body = "<config><a>" + "x".repeat(20_000) + "</a><config/></config>";
        try (CameraChannel camera = camera().send(post("/API", body))) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.TOO_LONG);
            assertThat(camera.received()).hasSize(1);
            assertThat(camera.answer(rejected(camera, 0)).written()).startsWith("HTTP/1.1 413");
            camera.send(post("/API", XML));
            assertThat(document(camera.packet(1))).isEqualTo(XML);
            assertThat(camera.answer(Answer.ACCEPTED).written()).startsWith(OK);
        }
    }

    @Test
    void resetBetweenRequestsIsNoBadRequest() {
        try (CameraChannel camera = camera().send(post("/API", XML))) {
            camera.channel().pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
            camera.channel().close();
            assertThat(camera.received()).hasSize(1);
            assertThat(camera.escaped()).singleElement().isInstanceOf(IOException.class);
        }
    }

    @Test
    void twoPacketsInOneBodyHaveOneAnswer() {
        try (CameraChannel camera = camera().send(post("/API", XML + XML))) {
            assertThat(camera.received()).hasSize(2);
            assertThat(camera.answer(Answer.ACCEPTED).written()).isEmpty();
            assertThat(camera.answer(NOT_STORED).written())
                    .startsWith("HTTP/1.1 503")
                    .doesNotContain("200 OK");
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() {
        String heartbeat = post("/API", "");
        try (CameraChannel camera = camera().send(post("/API", XML) + heartbeat + post("/API", XML + XML))) {
            assertThat(camera.received()).hasSize(4);
            assertThat(camera.written()).isEmpty();
            assertThat(camera.answer(NOT_STORED).written()).startsWith("HTTP/1.1 503");
            assertThat(camera.answer(Answer.ACCEPTED).written()).startsWith(OK);
            assertThat(camera.answer(Answer.ACCEPTED).written()).isEmpty();
            assertThat(camera.answer(Answer.ACCEPTED).written()).startsWith(OK).contains("success");
        }
    }

    /** Thousands of connections that ask for nothing but the page would take all the time of the event loops. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE"})
    void requestThatCarriesNoPacketIsTheLastOfItsConnection(String method) {
        String request = method + " / HTTP/1.1\r\n\r\n";
        try (CameraChannel camera = camera().send(post("/API", XML) + request.repeat(1000) + post("/API", XML))) {
            assertThat(camera.written()).isEmpty();
            assertThat(camera.answer(Answer.ACCEPTED).written()).startsWith(OK).containsOnlyOnce("connection: close");
            assertThat(camera.received()).hasSize(1);
            assertThat(camera.isOpen()).isFalse();
        }
    }

    @Test
    void aFewRequestsAreDecodedBeforeTheirAnswersAreWritten() {
        String heartbeat = post("/API", "");
        try (CameraChannel camera = camera().send(heartbeat.repeat(1000))) {
            assertThat(camera.received()).hasSize(16);
            assertThat(camera.progress().isFull()).isTrue();
            assertThat(camera.channel().config().isAutoRead()).isFalse();
            assertThat(camera.progress().heldBytes()).isGreaterThan(900 * heartbeat.length());
            assertThat(camera.written()).isEmpty();
            assertThat(camera.answer(Answer.ACCEPTED).written()).startsWith(OK);
            assertThat(camera.progress().isFull()).isFalse();
            assertThat(camera.goOn().received()).hasSize(17);
        }
    }

    @Test
    void requestThatWaitsWhenThePeerLeavesIsOneReject() {
        try (CameraChannel camera =
                camera().stopWithEachPacket().send(post("/API", XML).repeat(100))) {
            assertThat(camera.received()).hasSize(1);
            camera.channel().close();
            assertThat(camera.received()).hasSize(2);
            assertThat(camera.reject(1).reason()).isEqualTo(RejectReason.INCOMPLETE);
        }
    }

    @Test
    void answerBeforeTheEndOfTheBodyWaitsForIt() {
        String request = post("/API", XML + "\r\n");
        try (CameraChannel camera = camera().send(request.substring(0, request.length() - 1))) {
            assertThat(camera.received()).hasSize(1);
            assertThat(camera.answer(Answer.ACCEPTED).written()).isEmpty();
            assertThat(camera.send("\n").written()).startsWith(OK);
        }
    }

    @Test
    void givingUpARequestDoesNotAnswerTheOneBeforeIt() {
        try (CameraChannel camera = camera().send(post("/API", XML)).send("POST /API HT")) {
            camera.progress().giveUp(RejectReason.DEADLINE_EXCEEDED, "too slow");
            assertThat(camera.received()).hasSize(2);
            assertThat(camera.answer(Answer.ACCEPTED).written()).startsWith(OK);
            assertThat(camera.answer(rejected(camera, 1)).written()).startsWith("HTTP/1.1 408");
            assertThat(camera.isOpen()).isFalse();
        }
    }

    @Test
    void requestGivenUpDoesNotGoOn() {
        try (CameraChannel camera = camera().send(post("/API", XML).substring(0, 80))) {
            camera.progress().giveUp(RejectReason.DEADLINE_EXCEEDED, "too slow");
            assertThat(camera.progress().midFrame()).isFalse();
            camera.send(XML).send(post("/API", XML));
            camera.progress().giveUp(RejectReason.DEADLINE_EXCEEDED, "again");
            camera.channel().close();
            assertThat(camera.received()).hasSize(1);
        }
    }

    @Test
    void closingWhileAPacketIsHandedOnGivesNoOtherPacket() {
        try (CameraChannel camera = camera()) {
            camera.onReceived(() -> camera.channel().close());
            camera.send(post("/API", "<config><a>"));
            assertThat(camera.received()).hasSize(1);
            assertThat(camera.escaped()).isEmpty();
        }
    }

    @Test
    void packetsHandedOnMayMakeAnotherConnectionReadOnTheSameThread() {
        String other = "<other>" + "o".repeat(300) + "</other>";
        try (CameraChannel camera = camera();
                CameraChannel neighbour = camera()) {
            camera.onReceived(() -> neighbour.send(post("/API", other)));
            camera.send(post("/API", XML + XML));
            assertThat(camera.received()).hasSize(2);
            assertThat(document(camera.packet(1))).isEqualTo(XML);
            assertThat(document(neighbour.packet(1))).isEqualTo(other);
        }
    }

    @Test
    void legacyPictureJoinsItsEventOnAnotherConnection() {
        HttpFormat format = new HttpFormat(PacketLimits.DEFAULT, null);
        String time = "CurrentTime: 1767225600";
        try (CameraChannel first = new CameraChannel(format);
                CameraChannel second = new CameraChannel(format)) {
            first.send(post("/SendAlarmData", "<config><sn>7</sn></config>", time));
            first.send(post("/SendKeepalive", "", time));
            second.send(post("/SendAlarmData/SourcePicture?a=b", "JPEG", time));
            assertThat(document(second.packet(0)))
                    .isEqualTo("<config><sn>7</sn><sourceDataInfo><sourceBase64Data>image:0</sourceBase64Data>"
                            + "</sourceDataInfo></config>");
            assertThat(second.packet(0).images().get(0).bytes()).isEqualTo("JPEG".getBytes(US_ASCII));
            assertThat(document(second.packet(0))
                            .charAt(second.packet(0).images().get(0).position()))
                    .isEqualTo('i');
            assertThat(second.answer(Answer.ACCEPTED).written()).startsWith(OK);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CurrentTime: 1767225600", "CurrentTime: <a>", "X-None: 1"})
    void legacyPictureOfAnUnknownEventHasADocumentOfItsOwn(String header) {
        try (CameraChannel camera = camera()) {
            camera.send(post("/SendAlarmData", "<DeviceInfo/>", "CurrentTime: 1767225600"));
            camera.send(post("/SendAlarmData/FacePicture/12", "JPEG", header));
            assertThat(document(camera.packet(1)))
                    .startsWith("<config>")
                    .contains("<targetId>12</targetId>")
                    .contains("<targetBase64Data>image:0</targetBase64Data>")
                    .endsWith("</config>")
                    .doesNotContain("<a>");
            assertThat(camera.packet(1).images()).hasSize(1);
        }
    }

    @Test
    void emptyLegacyPictureIsNoImage() {
        try (CameraChannel camera = camera().send(post("/SendAlarmData/SourcePicture", ""))) {
            assertThat(camera.packet(0).images()).isEmpty();
            assertThat(camera.answer(Answer.ACCEPTED).written()).startsWith(OK);
        }
    }
}
