package io.framegate.wire;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import java.util.List;
import java.util.function.Consumer;

/**
 * A wire format without a login on a listener that requires one. Rejects a connection at its first byte and keeps
 * nothing of it.
 */
final class RefusedFormat implements WireFormat {

    private final String name;
    private final WireFormat format;

    RefusedFormat(String name, WireFormat format) {
        this.name = name;
        this.format = format;
    }

    @Override
    public Match match(ByteBuf first) {
        return format.match(first);
    }

    @Override
    public List<ChannelHandler> newHandlers() {
        return List.of(AnswerDiscarder.INSTANCE, new FrameDecoder(out -> new Refusal(name, out)));
    }

    private static final class Refusal implements FrameCutter {

        private final String name;
        private final Consumer<Received> out;
        private int begun;

        Refusal(String name, Consumer<Received> out) {
            this.name = name;
            this.out = out;
        }

        @Override
        public int cut(byte[] in, int from, int to) {
            if (begun == 0) {
                begun++;
                String detail = name + " without a login (expected: HTTP with the user and password of this listener)";
                out.accept(new RejectedPacket(name, RejectReason.UNAUTHORIZED, detail, new byte[0], 0, true));
            }
            return to;
        }

        @Override
        public void giveUp(RejectReason reason, String why) {}

        @Override
        public boolean midFrame() {
            return false;
        }

        @Override
        public long begun() {
            return begun;
        }

        @Override
        public int heldBytes() {
            return 0;
        }
    }
}
