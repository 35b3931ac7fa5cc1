package io.framegate.tool.simulate;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes bytes to a connection piece by piece and flushes each piece. For the event loop of the connection. */
final class PieceWriter {

    private static final int[] LONGEST = {1, 16, 1460, 16 << 10, 64 << 10};
    private static final int ONE_BYTE_PIECES = 4;
    private static final int SLOW_PIECES = 40;

    private final Channel channel;
    private final byte[] bytes;
    private final int fixedLength;
    private final long pauseNanos;
    private final Random random;
    private final ChannelPromise done;
    private int written;
    private int pieces;

    private PieceWriter(Channel channel, byte[] bytes, int fixedLength, long pauseNanos, Random random) {
        this.channel = channel;
        this.bytes = bytes;
        this.fixedLength = fixedLength;
        this.pauseNanos = pauseNanos;
        this.random = random;
        this.done = channel.newPromise();
    }

    /**
     * Writes the bytes as the fault demands: in pieces of random length, slowly, or, without one of these faults, at
     * once.
     */
    static ChannelFuture write(Channel channel, byte[] bytes, @Nullable Fault fault, Random random) {
        if (fault == Fault.SPLIT) {
            return new PieceWriter(channel, bytes, 0, 0, random).start();
        }
        if (fault == Fault.SLOW) {
            long pause = TimeUnit.MILLISECONDS.toNanos(1000 + random.nextInt(1000)) / SLOW_PIECES;
            return new PieceWriter(channel, bytes, bytes.length / SLOW_PIECES + 1, pause, random).start();
        }
        return channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    private ChannelFuture start() {
        next();
        return done;
    }

    private void next() {
        if (written == bytes.length) {
            done.trySuccess();
            return;
        }
        int length = Math.min(pieceLength(), bytes.length - written);
        int from = written;
        written += length;
        pieces++;
        channel.writeAndFlush(Unpooled.wrappedBuffer(bytes, from, length)).addListener(result -> {
            if (!result.isSuccess()) {
                done.tryFailure(result.cause());
            } else {
                // Scheduled even without a pause, or the pieces would leave in one segment.
                channel.eventLoop().schedule(this::next, pauseNanos, TimeUnit.NANOSECONDS);
            }
        });
    }

    private int pieceLength() {
        if (fixedLength > 0) {
            return fixedLength;
        }
        return pieces < ONE_BYTE_PIECES ? 1 : 1 + random.nextInt(LONGEST[random.nextInt(LONGEST.length)]);
    }
}
