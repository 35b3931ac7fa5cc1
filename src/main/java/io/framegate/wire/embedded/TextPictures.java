package io.framegate.wire.embedded;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.PacketLimits;
import java.util.List;

/**
 * A text that consists only of pictures in base64, with or without the prefix of a data URL: the body of a request, or
 * a field of a form. Arrives in pieces. Not thread-safe.
 */
public final class TextPictures {

    private final String format;
    private final PacketDraft draft;
    private final PictureText text = new PictureText();

    public TextPictures(String format, PacketLimits limits) {
        this.format = format;
        this.draft = new PacketDraft(format, limits);
        text.begin();
    }

    /** The pictures in a whole text; empty if it does not begin as one. */
    public static List<PacketImage> in(byte[] text, PacketLimits limits) {
        TextPictures pictures = new TextPictures("", limits);
        pictures.take(text, 0, text.length);
        return pictures.verdict() == PictureText.Verdict.YES ? pictures.packet().images() : List.of();
    }

    /** Reads the next piece. Bytes after a {@link #verdict()} of {@code NO} are dropped. */
    public void take(byte[] in, int from, int to) {
        int at = from;
        while (at < to && text.isUndecided()) {
            draft.document(in, at, at + 1);
            if (text.take(in[at], 1) == PictureText.Verdict.YES) {
                draft.beginPicture(text);
            }
            at++;
        }
        draft.received(in, from, to);
        draft.imageText(in, at, to);
    }

    /** The verdict on the text so far. */
    public PictureText.Verdict verdict() {
        return text.isUndecided()
                ? PictureText.Verdict.MORE
                : draft.inImage() ? PictureText.Verdict.YES : PictureText.Verdict.NO;
    }

    public int length() {
        return draft.length();
    }

    public int heldBytes() {
        return draft.heldBytes();
    }

    /** The text so far, as a reject. */
    public RejectedPacket reject(RejectReason reason, String detail) {
        return draft.reject(reason, detail);
    }

    /** Ends the text. The packet has its pictures and no document. */
    public Packet packet() {
        draft.endImage();
        Received whole = draft.complete();
        List<PacketImage> images = whole instanceof Packet packet ? packet.images() : List.of();
        String sha256 = whole instanceof Packet packet ? packet.sha256() : "";
        return new Packet(format, new byte[0], images, sha256, whole.length());
    }
}
