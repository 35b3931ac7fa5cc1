package io.framegate.wire.http;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.ScratchBuffer;
import io.framegate.wire.embedded.PictureText;
import io.framegate.wire.embedded.TextPictures;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A body whose first bytes are not a document, a picture or multipart: pictures in base64, a form, or other bytes,
 * which are searched for XML. Its first characters decide.
 */
final class HttpTextBody implements HttpBody {

    private static final int MAX_FIRST = 256;

    private final PacketLimits limits;
    private final boolean calledForm;
    private final Supplier<HttpBody> other;
    private final Consumer<Received> out;
    private final byte[] first = new byte[MAX_FIRST];
    private int firstLength;
    private @Nullable TextPictures pictures;
    private @Nullable HttpBody body;

    /**
     * Creates a body of unknown kind.
     *
     * @param calledForm whether the sender calls it a form
     * @param other creates the body that reads other bytes
     */
    HttpTextBody(PacketLimits limits, boolean calledForm, Supplier<HttpBody> other, Consumer<Received> out) {
        this.limits = limits;
        this.calledForm = calledForm;
        this.other = other;
        this.out = out;
        this.pictures = new TextPictures(HttpCameraDecoder.FORMAT, limits);
    }

    @Override
    public void take(ByteBuf piece) {
        while (body == null && pictures != null && piece.isReadable() && !isDecided()) {
            byte[] next = {piece.readByte()};
            first[firstLength++] = next[0];
            pictures.take(next, 0, 1);
            if (pictures.verdict() == PictureText.Verdict.NO && !mayBeForm()) {
                decide(other.get());
            } else if (pictures.verdict() == PictureText.Verdict.NO && HttpFormBody.hasName(first, firstLength)) {
                decide(new HttpFormBody(limits, out));
            } else if (firstLength == MAX_FIRST && !isDecided()) {
                decide(other.get());
            }
        }
        if (body != null) {
            body.take(piece);
        } else if (pictures != null) {
            ScratchBuffer.read(piece, pictures::take);
            rejectTooLong(pictures);
        }
    }

    private boolean isDecided() {
        return pictures != null && pictures.verdict() == PictureText.Verdict.YES;
    }

    private boolean mayBeForm() {
        return calledForm && HttpFormBody.mayBegin(first, firstLength);
    }

    private void decide(HttpBody decided) {
        pictures = null;
        body = decided;
        decided.take(Unpooled.wrappedBuffer(Arrays.copyOf(first, firstLength)));
    }

    private void rejectTooLong(TextPictures text) {
        int max = limits.maxPacketLength();
        if (text.length() > max) {
            reject(text, RejectReason.TOO_LONG, "text length: > " + max + " (expected: <= " + max + ")");
        }
    }

    private void reject(TextPictures text, RejectReason reason, String detail) {
        out.accept(text.reject(reason, detail));
        pictures = null;
    }

    @Override
    public void end() {
        if (body == null && pictures != null && !isDecided()) {
            decide(other.get());
        }
        if (body != null) {
            body.end();
        } else if (pictures != null) {
            out.accept(pictures.packet());
        }
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        if (body == null && pictures != null && !isDecided()) {
            decide(other.get());
        }
        if (body != null) {
            body.giveUp(reason, why);
        } else if (pictures != null) {
            reject(pictures, reason, why + " (expected: the end of the request)");
        }
    }

    @Override
    public int heldBytes() {
        return body != null ? body.heldBytes() : pictures == null ? 0 : pictures.heldBytes();
    }

    @Override
    public boolean isAnsweredInXml() {
        return body != null && body.isAnsweredInXml();
    }
}
