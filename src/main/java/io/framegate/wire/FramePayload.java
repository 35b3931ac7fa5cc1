package io.framegate.wire;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the picture of a frame, which arrives as bytes or as base64 text, and hashes the picture and the frame as
 * received. Reused for each frame. Not thread-safe.
 */
public final class FramePayload {

    private final Pieces pieces = new Pieces();
    private @Nullable MessageDigest digest;
    private @Nullable MessageDigest imageDigest;
    private @Nullable Base64Text text;
    private boolean begun;
    private long length;
    private int lastTwo;

    /** Counts and hashes bytes of the frame that are not the picture. */
    public void received(byte[] in, int from, int to) {
        digest = updated(digest, in, from, to);
        length += to - from;
    }

    /** A connection without a frame holds no digest. */
    private static MessageDigest updated(@Nullable MessageDigest digest, byte[] in, int from, int to) {
        MessageDigest updated = digest == null ? Hash.newSha256() : digest;
        updated.update(in, from, to - from);
        return updated;
    }

    /** Begins the picture. */
    public void begin(boolean base64) {
        begun = true;
        text = base64 ? new Base64Text() : null;
    }

    public boolean hasBegun() {
        return begun;
    }

    /** Appends bytes of the picture. */
    public void take(byte[] in, int from, int to) {
        received(in, from, to);
        if (text != null) {
            text.append(in, from, to);
            return;
        }
        imageDigest = updated(imageDigest, in, from, to);
        pieces.add(in, from, to);
        for (int i = Math.max(from, to - 2); i < to; i++) {
            lastTwo = (lastTwo << 8 | (in[i] & 0xFF)) & 0xFFFF;
        }
    }

    /** Whether the last bytes are a JPEG's end marker. */
    public boolean endsAsJpeg() {
        return lastTwo == 0xFFD9;
    }

    public long length() {
        return length;
    }

    public int heldBytes() {
        return text != null ? text.heldBytes() : pieces.capacity();
    }

    /** Returns the whole frame and begins the next one. */
    public Packet complete(String format, @Nullable Instant sentAt) {
        PacketImage image = image();
        String sha256 = hash(digest);
        Packet packet = new Packet(format, new byte[0], List.of(image), sha256, length, sentAt);
        reset();
        return packet;
    }

    private PacketImage image() {
        if (text == null) {
            return new PacketImage(pieces.takeAll(), hash(imageDigest), pieces.length(), 0, null);
        }
        text.end();
        return text.image(0);
    }

    private static String hash(@Nullable MessageDigest digest) {
        return HexFormat.of().formatHex((digest == null ? Hash.newSha256() : digest).digest());
    }

    /** Returns a reject with the bytes of the picture so far and begins the next frame. */
    public RejectedPacket reject(String format, RejectReason reason, String detail, boolean closing) {
        int most = RejectedPacket.maxContent(reason);
        byte[] content = text == null ? pieces.first(most) : text.first(most);
        RejectedPacket rejected = new RejectedPacket(format, reason, detail, content, length, closing);
        reset();
        return rejected;
    }

    /** Drops the frame and begins the next one. */
    public void reset() {
        digest = null;
        imageDigest = null;
        pieces.clear();
        text = null;
        begun = false;
        length = 0;
        lastTwo = 0;
    }
}
