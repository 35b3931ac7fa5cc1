package io.framegate.wire.http;

import io.framegate.event.RejectReason;
import io.framegate.wire.Padding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A body whose kind its first bytes decide. Drops padding before them. */
final class HttpGuessedBody implements HttpBody {

    private final boolean calledPicture;
    private final Function<BodyKind, HttpBody> bodies;
    private final byte[] first = new byte[BodyKind.ENOUGH];
    private int length;
    private @Nullable HttpBody body;

    /**
     * Creates a body of unknown kind.
     *
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
            BodyKind kind = BodyKind.guess(first, 0, length, calledPicture);
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
            length--;
            System.arraycopy(first, 1, first, 0, length);
        }
    }

    private HttpBody decide(BodyKind kind) {
        HttpBody decided = bodies.apply(kind);
        decided.take(Unpooled.wrappedBuffer(first, 0, length));
        body = decided;
        return decided;
    }

    private HttpBody decided() {
        return body == null ? decide(isOnlyPadding() ? BodyKind.XML : BodyKind.OTHER) : body;
    }

    private boolean isOnlyPadding() {
        int at = 0;
        while (at < length && Padding.isBetweenPackets(first[at])) {
            at++;
        }
        return at == length;
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
        return body == null ? length : body.heldBytes();
    }

    @Override
    public boolean isAnsweredInXml() {
        return body == null || body.isAnsweredInXml();
    }
}
