package io.framegate;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.wire.PacketLimits;
import io.netty.handler.codec.http.HttpObjectDecoder;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of the limits that no property changes has the figures of the code. A failure shows the right table. */
class FixedLimitsTest {

    private static final Pattern CONSTANT = Pattern.compile("\\{([a-z.]+\\.[A-Z]\\w+)\\.([A-Z_]+)}");

    private record Limit(String what, String most, String beyond) {}

    private static final List<Limit> LIMITS = List.of(
            new Limit("images in a packet", PacketLimits.DEFAULT.maxImages() + "", "rejected as `too-long`"),
            new Limit(
                    "name of the root element of XML", "{wire.xml.TagName.MAX_LENGTH} bytes", "rejected as `too-long`"),
            new Limit(
                    "tokens of a document of JSON or XML",
                    "{event.DocumentMappers.MAX_TOKENS}",
                    "read leniently, up to {event.LenientXml.MAX_NODES} elements and attributes, {event.LenientXml.MAX_DEPTH} levels"
                            + " and {event.LenientXml.MAX_TEXT} characters of each text (JSON:"
                            + " {event.JsonDocument.MAX_NODES} values, {event.JsonDocument.MAX_DEPTH} levels)"),
            new Limit(
                    "blocks of a document in which fields are looked for",
                    "{event.DocumentBlock.MAX}, {event.DocumentBlock.MAX_DEPTH} levels deep",
                    "not looked at"),
            new Limit(
                    "attributes of an event",
                    "{event.Attributes.MAX}, of {event.PeerText.MAX_LENGTH} characters each",
                    "left out; a longer text is cut"),
            new Limit(
                    "HTTP: request line",
                    bytes(HttpObjectDecoder.DEFAULT_MAX_INITIAL_LINE_LENGTH),
                    "`400`, rejected as `bad-http`"),
            new Limit(
                    "HTTP: header lines of a request, and all of them together",
                    "{wire.http.HttpHead.MAX_LINES}, " + bytes(HttpObjectDecoder.DEFAULT_MAX_HEADER_SIZE),
                    "`400`, rejected as `bad-http`"),
            new Limit("HTTP: packets in a body", "{wire.http.BodyLimit.MAX_PACKETS}", "`413`"),
            new Limit("HTTP: parts of a multipart body", "{wire.http.MultipartCutter.MAX_PARTS}", "`413`"),
            new Limit("HTTP: headers of a part", "{wire.http.MultipartCutter.MAX_HEADER} bytes", "`413`"),
            new Limit(
                    "HTTP: boundary of a multipart body",
                    "{wire.http.MultipartBoundary.MAX_LENGTH} bytes",
                    "the first line of the body counts instead"),
            new Limit(
                    "HTTP: compressed body",
                    "the limit of a packet, and from {wire.http.HttpInflater.RATIO_BEGINS} bytes on"
                            + " {wire.http.HttpInflater.MAX_RATIO} times its length",
                    "`413`, the connection is closed"),
            new Limit(
                    "HTTP: requests of a connection that wait for their answers",
                    "{wire.http.HttpAnswers.MAX_PENDING}",
                    "not read until one is answered"),
            new Limit(
                    "HTTP: parameters of an address in which a camera is looked for",
                    "{wire.http.CameraNames.MAX_QUERY_PARAMETERS}",
                    "not looked at"),
            new Limit(
                    "HTTP: answers `401` to an address that never logs in",
                    "{wire.http.HttpLogin.MAX_UNANSWERED}",
                    "rejected as `unauthorized`"),
            new Limit(
                    "MJPEG: header line of a part, and all of its lines",
                    "{wire.mjpeg.PartHead.MAX_LINE} bytes, {wire.mjpeg.PartHead.MAX_LENGTH} bytes",
                    "rejected"),
            new Limit(
                    "JPEG: bytes between two pictures",
                    "{wire.jpeg.JpegFrameCutter.MAX_BETWEEN} bytes",
                    "rejected as `unknown-format`"),
            new Limit(
                    "copy of a packet that is `too-long`, or `overloaded`",
                    "{event.RejectedPacket.MAX_TOO_LONG_CONTENT} bytes,"
                            + " {event.RejectedPacket.MAX_OVERLOADED_CONTENT} bytes",
                    "its beginning is kept"),
            new Limit("PROXY header: additional fields", "{intake.ProxyHeader.MAX_ADDITIONAL_LENGTH} bytes", "refused"),
            new Limit("PROXY header: time", "{intake.ProxyHeader.DEADLINE_SECONDS} s", "refused"),
            new Limit("TLS: bytes of a handshake", "{intake.TlsHandshake.MAX_HANDSHAKE} bytes", "refused"),
            new Limit("rejects that wait to be logged and kept", "{intake.RejectLimit.MOST}", "counted, and not kept"),
            new Limit(
                    "addresses without a connection whose rejects and bans are remembered",
                    "{intake.PeerTable.REMEMBERED}",
                    "the oldest is forgotten"),
            new Limit("cameras on the wall", "{watch.wall.Wall.MOST}", "the one that was silent longest goes"),
            new Limit("connections to the web port", "{watch.web.WebConnections.MOST}", "one more is closed"),
            new Limit(
                    "wrong passwords or tokens of an address at the web port",
                    "{watch.web.WrongPasswords.MOST} a minute, of {watch.web.WrongPasswords.ADDRESSES} addresses",
                    "`429` until the minute is over"),
            new Limit("worker: document of an image", "{worker.ReceivedMessage.MAX_LENGTH} bytes", "a dead letter"));

    @Test
    void tableOfTheDocumentationHasTheFiguresOfTheCode() throws IOException {
        String table = "| what | limit | beyond it |\n|---|---|---|\n"
                + LIMITS.stream()
                        .map(limit -> "| " + limit.what() + " | " + figures(limit.most()) + " | "
                                + figures(limit.beyond()) + " |\n")
                        .collect(Collectors.joining());
        String text = Files.readString(Path.of("src/docs/limits.md"));
        assertThat(text.contains(table))
                .withFailMessage("src/docs/limits.md (expected):%n%s", table)
                .isTrue();
    }

    private static String figures(String text) {
        return CONSTANT.matcher(text)
                .replaceAll(found -> String.format(Locale.ROOT, "%,d", constant(found.group(1), found.group(2))));
    }

    private static String bytes(int figure) {
        return String.format(Locale.ROOT, "%,d bytes", figure);
    }

    private static long constant(String type, String name) {
        try {
            Field field = Class.forName("io.framegate." + type).getDeclaredField(name);
            field.setAccessible(true);
            return ((Number) field.get(null)).longValue();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + "." + name + ": renamed?", e);
        }
    }
}
