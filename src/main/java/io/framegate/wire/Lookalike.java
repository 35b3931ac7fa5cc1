package io.framegate.wire;

import io.framegate.wire.WireFormat.Match;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of data that is sent to this port by mistake: other protocols, and pictures in an unsupported form.
 * The table gives each reject the name of the data and the supported alternative.
 *
 * @param name the name of the data
 * @param expected the supported alternative
 * @param beforeFormats whether a wire format would mistake the bytes for its own
 * @param beginning the first bytes in Latin-1, as a regular expression; zeros and white space before them may be
 *     missing, because they were skipped as padding
 */
record Lookalike(String name, String expected, boolean beforeFormats, Pattern beginning) {

    /** At most this number of first bytes is examined. */
    static final int MOST = 64;

    private static final String AFTER_LENGTH =
            "a JPEG after its length, as struct.pack('>L', len(jpeg)) + jpeg writes it";
    private static final String NO_PICKLE =
            "cv2.imencode('.jpg', frame)[1] after its length, without pickle.dumps and numpy.save";
    private static final String SEND = "pictures; framegate send reads such a source and sends its pictures";
    private static final String NO_SERVER = "pictures from a camera or a sender; this port is no such server";

    private static final String WITH_LENGTH = "its length before it, or an HTTP POST with it as the body";

    private static final String VIDEO =
            "FLV\\x01|\\x1a\\x45\\xdf\\xa3|RIFF....AVI |\\x00{0,3}.ftyp(iso|mp4|qt|avc1|M4V)";

    private static final String BARE_PICTURE = "\\x89PNG\r|GIF8|RIFF....WEBP|BM....\\x00{4}|II[*+]\\x00|MM\\x00[*+]"
            + "|\\xff\\x4f\\xff\\x51|\\xff\\x0a|\\x00{0,3}.ftyp|\\x00{0,3}\\x0c(JXL|jP ) ";

    private static final List<Lookalike> ALL = List.of(
            before("RTSP", SEND, "OPTIONS rtsps?:"),
            before("greeting of an FTP or SMTP server", NO_SERVER, "220[ -][^ \r\n]"),
            known("TLS hello", "plain TCP, unless framegate.camera.tls.certificate is set", "\\x16\\x03."),
            known("ZeroMQ greeting, as imageZMQ sends it", AFTER_LENGTH, "\\xff.{8}\\x7f"),
            known("RTSP", SEND, "(DESCRIBE|ANNOUNCE|SETUP|PLAY|RECORD) rtsps?:"),
            known("RTP in an RTSP connection", SEND, "\\$[\\x00-\\x03]..[\\x80-\\xbf]"),
            known("RTMP handshake", SEND, "\\x03.{4}\\x00{4}"),
            known("MQTT", NO_SERVER, "\\x10.{1,2}\\x00(\\x04MQTT|\\x06MQIsdp)"),
            known("AMQP", NO_SERVER, "AMQP[\\x00\\x03]"),
            known("Redis command", NO_SERVER, "(\\*[0-9]{1,3}\r\n\\$|(?i:PING)\r?\n)"),
            known("FTP or SMTP command", NO_SERVER, "(?i:USER|EHLO|HELO|AUTH) "),
            known("SSH", NO_SERVER, "SSH-[12]\\."),
            known("HTTP/2", "HTTP/1.1", "PRI \\* HTTP/2"),
            known(
                    "PROXY protocol",
                    "none, unless framegate.camera.proxy-protocol is set",
                    "PROXY (TCP|UNK)|(\r\n\r\n\\x00\r\n)?QUIT\n"),
            known("Dahua's own protocol", "the camera's HTTP upload, set to this port", "(\\x20\\x00{3})?DHIP"),
            known("pickle", NO_PICKLE, "\\x80[\\x02-\\x05][\\x95c\\]}X(]"),
            known("numpy array", NO_PICKLE, "\\x93NUMPY"),
            known("H.264 or H.265 stream", SEND, "\\x00{0,3}\\x01[\\x09\\x27\\x40\\x42\\x46\\x47\\x67]"),
            known("video file", SEND, VIDEO),
            known("picture without a length", WITH_LENGTH, BARE_PICTURE),
            known("JPEG in hexadecimal", "its bytes, or base64, after their length", "(0x|\\\\x)?(?i:ffd8ff)"),
            known("Python's text of bytes", AFTER_LENGTH, "b['\"](\\\\x|/9j/|iVBOR)"),
            known("base64 without a length", WITH_LENGTH, "/9j/|iVBORw0KGgo|R0lGOD|UklGR|data:image/"),
            known("XML in UTF-16", "XML in UTF-8", "\\xff\\xfe<\\x00|\\xfe\\xff\\x00<"),
            known("gzip data", "an HTTP POST with Content-Encoding: gzip", "\\x1f\\x8b\\x08"),
            known("PDF", "pictures", "%PDF-"));

    private static Lookalike before(String name, String expected, String beginning) {
        return new Lookalike(name, expected, true, Pattern.compile(beginning, Pattern.DOTALL));
    }

    private static Lookalike known(String name, String expected, String beginning) {
        return new Lookalike(name, expected, false, Pattern.compile(beginning, Pattern.DOTALL));
    }

    /** The row that matches these first bytes, or null. */
    static @Nullable Lookalike of(byte[] first) {
        String text = latin1(first);
        return ALL.stream()
                .filter(known -> known.beginning.matcher(text).lookingAt())
                .findFirst()
                .orElse(null);
    }

    /** Whether these first bytes match a row that a wire format would mistake for its own. */
    static Match matchBeforeFormats(byte[] first) {
        String text = latin1(first);
        Match match = Match.NO;
        for (Lookalike known : ALL) {
            if (known.beforeFormats) {
                Matcher matcher = known.beginning.matcher(text);
                if (matcher.lookingAt()) {
                    return Match.YES;
                }
                match = matcher.hitEnd() ? Match.MORE : match;
            }
        }
        return match;
    }

    private static String latin1(byte[] first) {
        return new String(first, 0, Math.min(first.length, MOST), StandardCharsets.ISO_8859_1);
    }

    /** The detail of a reject. */
    String detail() {
        return name + " (expected: " + expected + ")";
    }
}
