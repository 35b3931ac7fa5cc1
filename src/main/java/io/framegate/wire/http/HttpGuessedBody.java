package io.framegate.wire.http;

import io.framegate.event.RejectReason;
import io.framegate.wire.Padding;
import io.framegate.wire.Pieces;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A body whose first bytes decide its kind. Drops padding before these bytes, up to 64 KB, unless the kind is unknown:
 * the padding may then be part of the body.
 */
final class HttpGuessedBody implements HttpBody {

    private static final int MAX_PADDING = 64 << 10;

    private final boolean calledPicture;
    private final Function<BodyKind, HttpBody> bodies;
    private final byte[] first = new byte[BodyKind.ENOUGH];
    private final Pieces padding = new Pieces();
    private boolean whiteSpace = true;
    private int length;
    private @Nullable HttpBody body;

    /**
     * Creates a body of unknown kind.
     *
     * @param calledPicture whether the sender calls it a picture or a stream; a body of zeros alone is then not empty
     * @param bodies creates the body that reads a kind; an empty body is read as XML
     */
    HttpGuessedBody(boolean calledPicture, Function<BodyKind, HttpBody> bodies) {
        this.calledPicture = calledPicture;
        this.bodies = bodies;
    }

    @Override
    public void take(ByteBuf piece) {
        while (body == null && piece.isReadable()) {
            first[length++] = piece.readByte();
            dropPadding();
            BodyKind kind =
                    padding.length() > MAX_PADDING ? BodyKind.OTHER : BodyKind.guess(first, 0, length, calledPicture);
            if (kind != null) {
                decide(kind);
            }
        }
        if (body != null && piece.isReadable()) {
            body.take(piece);
        }
    }

    private void dropPadding() {
        while (BodyKind.isPadding(first, 0, length, calledPicture)) {
            padding.add(first, 0, 1);
            whiteSpace &= Padding.isWhiteSpace(first[0]);
            length--;
            System.arraycopy(first, 1, first, 0, length);
        }
    }

    private HttpBody decide(BodyKind kind) {
        HttpBody decided = bodies.apply(kind);
        byte[] before = padding.takeAll();
        padding.clear();
        if (kind == BodyKind.OTHER) {
            decided.take(Unpooled.wrappedBuffer(before));
        }
        decided.take(Unpooled.wrappedBuffer(first, 0, length));
        body = decided;
        return decided;
    }

    private HttpBody decided() {
        return body == null ? decide(isEmpty() ? BodyKind.XML : BodyKind.OTHER) : body;
    }

    private boolean isEmpty() {
        for (int at = 0; at < length; at++) {
            if (!Padding.isBetweenPackets(first[at])) {
                return false;
            }
            whiteSpace &= Padding.isWhiteSpace(first[at]);
        }
        return whiteSpace || !calledPicture;
    }

    @Override
    public void end() {
        decided().end();
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        decided().giveUp(reason, why);
    }

    @Override
    public int heldBytes() {
        return body == null ? first.length + padding.capacity() : body.heldBytes();
    }

    @Override
    public boolean isAnsweredInXml() {
        return body == null || body.isAnsweredInXml();
    }
}
