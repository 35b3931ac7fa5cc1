package io.framegate.wire.http;

import io.framegate.event.Packet;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.wire.Hash;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.ScratchBuffer;
import io.framegate.wire.embedded.DocumentCutter;
import io.framegate.wire.json.JsonPacketReader;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A form with pictures in its fields. The form becomes a JSON document, which is read like any other.
 *
 * <pre>
 * camera=door&amp;image=%2F9j%2F4AAQ...      {"camera":"door","image":"/9j/4AAQ..."}
 * </pre>
 *
 * <p>A plus is a space, but not in a picture, because many senders do not escape the plus of base64.
 */
final class HttpFormBody implements HttpBody {

    private static final String TYPE = "application/x-www-form-urlencoded";
    private static final int MAX_NAME = 64;
    private static final String IN_NAME = "_-.[]%+*:";

    private final Consumer<Received> out;
    private final DocumentCutter cutter;
    private final MessageDigest digest = Hash.newSha256();
    private final ByteArrayOutputStream json = new ByteArrayOutputStream();
    private final StringBuilder escape = new StringBuilder(3);
    private int length;
    private boolean any;
    private boolean inField;
    private boolean inValue;
    private boolean rejected;

    HttpFormBody(PacketLimits limits, Consumer<Received> out) {
        this.out = out;
        this.cutter = new DocumentCutter(this::handOn, new JsonPacketReader(HttpCameraDecoder.FORMAT, limits, true));
    }

    static boolean isForm(String contentType) {
        return contentType.strip().toLowerCase(Locale.ROOT).startsWith(TYPE);
    }

    /** Whether a field's name may begin with these bytes, or begins with them and is whole. */
    static boolean mayBegin(byte[] first, int count) {
        for (int i = 0; i < Math.min(count, MAX_NAME + 1); i++) {
            char c = (char) (first[i] & 0xFF);
            if (c == '=') {
                return i > 0;
            }
            if (c >= 0x80 || !(Character.isLetterOrDigit(c) || IN_NAME.indexOf(c) >= 0)) {
                return false;
            }
        }
        return count <= MAX_NAME;
    }

    /** Whether the last of these bytes ends a field's name. */
    static boolean hasName(byte[] first, int count) {
        return first[count - 1] == '=';
    }

    @Override
    public void take(ByteBuf piece) {
        ScratchBuffer.read(piece, this::take);
    }

    private void take(byte[] in, int from, int to) {
        if (rejected) {
            return;
        }
        digest.update(in, from, to - from);
        length += to - from;
        for (int at = from; at < to; at++) {
            take(in[at]);
        }
        flush();
    }

    private void take(byte b) {
        if (b == '&') {
            endField();
            return;
        }
        if (!inField) {
            beginField();
        }
        if (b == '=' && !inValue) {
            flushEscape();
            inValue = true;
            write("\":\"");
        } else if (b == '%' || !escape.isEmpty()) {
            escaped(b);
        } else {
            character(b == '+' ? (byte) ' ' : b);
        }
    }

    private void escaped(byte b) {
        if (!escape.isEmpty() && Character.digit(b, 16) < 0) {
            // Not an escape: the sender does not escape percent signs.
            flushEscape();
            take(b);
            return;
        }
        escape.append((char) b);
        if (escape.length() == 3) {
            byte character = (byte) HexFormat.fromHexDigits(escape, 1, 3);
            escape.setLength(0);
            character(character);
        }
    }

    private void flushEscape() {
        String noEscape = escape.toString();
        escape.setLength(0);
        for (int at = 0; at < noEscape.length(); at++) {
            character((byte) noEscape.charAt(at));
        }
    }

    private void beginField() {
        write(any ? ",\"" : "{\"");
        any = true;
        inField = true;
        inValue = false;
    }

    private void endField() {
        if (inField) {
            flushEscape();
            write(inValue ? "\"" : "\":\"\"");
            inField = false;
        }
    }

    private void character(byte b) {
        if (b == '"' || b == '\\') {
            json.write('\\');
            json.write(b);
        } else if (b >= 0 && b < ' ') {
            write(String.format(Locale.ROOT, "\\u%04x", (int) b));
        } else {
            json.write(b);
        }
    }

    private void write(String ascii) {
        json.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private void flush() {
        byte[] all = json.toByteArray();
        json.reset();
        cutter.cutAll(all, 0, all.length);
    }

    private void handOn(Received received) {
        if (rejected) {
            return;
        }
        if (received instanceof Packet packet) {
            String sha256 = HexFormat.of().formatHex(digest.digest());
            out.accept(new Packet(packet.format(), packet.document(), packet.images(), sha256, length));
        } else {
            rejected = true;
            out.accept(received);
        }
    }

    @Override
    public void end() {
        endField();
        write("}");
        flush();
        cutter.end("request body ended");
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        cutter.giveUp(reason, why);
    }

    @Override
    public int heldBytes() {
        return rejected ? 0 : cutter.heldBytes();
    }

    @Override
    public boolean isAnsweredInXml() {
        return false;
    }
}
