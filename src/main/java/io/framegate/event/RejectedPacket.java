package io.framegate.event;

import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A part of the stream that could not be read.
 *
 * @param format the name of the wire format, {@code unknown} if it was not recognised
 * @param reason why it was rejected
 * @param detail an explanation for people, without bytes of images and without control characters
 * @param content the received bytes that the decoder kept: at most the first 64 KB for {@link RejectReason#TOO_LONG},
 *     and the first 4 KB for {@link RejectReason#OVERLOADED}
 * @param length the number of bytes read
 * @param closing whether the rest of the stream cannot be read, so that the connection closes
 * @param client the client that a proxy names, or null
 */
public record RejectedPacket(
        String format,
        RejectReason reason,
        String detail,
        byte[] content,
        long length,
        boolean closing,
        @Nullable InetSocketAddress client)
        implements Received {

    private static final int MAX_TOO_LONG_CONTENT = 64 << 10;
    private static final int MAX_OVERLOADED_CONTENT = 4 << 10;

    public RejectedPacket {
        if (content.length > maxContent(reason)) {
            content = Arrays.copyOf(content, maxContent(reason));
        }
    }

    /** Creates the reject of a packet whose sender is the connection's peer. */
    public RejectedPacket(
            String format, RejectReason reason, String detail, byte[] content, long length, boolean closing) {
        this(format, reason, detail, content, length, closing, null);
    }

    /** The same reject with the client that a proxy names. */
    public RejectedPacket ofClient(InetSocketAddress client) {
        return new RejectedPacket(format, reason, detail, content, length, closing, client);
    }

    /** The same reject, after which the connection closes. */
    public RejectedPacket asLast() {
        return new RejectedPacket(format, reason, detail, content, length, true, client);
    }

    /** The maximum number of bytes that a reject with this reason keeps. */
    public static int maxContent(RejectReason reason) {
        return switch (reason) {
            case TOO_LONG -> MAX_TOO_LONG_CONTENT;
            case OVERLOADED -> MAX_OVERLOADED_CONTENT;
            default -> Integer.MAX_VALUE;
        };
    }

    /** Describes the packet without its content. */
    @Override
    public String toString() {
        return "RejectedPacket[" + format + ", " + reason.tag() + ", " + detail + "]";
    }
}
