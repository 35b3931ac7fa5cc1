package io.framegate.wire;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Other protocols, which wait for an answer that never comes. Rejects a connection at the bytes that tell, with a
 * reason that names the protocol, and ends it.
 */
final class LookalikeFormat implements WireFormat {

    private static final String FORMAT = "unknown";

    private final Lookalike.Kind kind;

    LookalikeFormat(Lookalike.Kind kind) {
        this.kind = kind;
    }

    @Override
    public Match match(ByteBuf first) {
        byte[] bytes = new byte[Math.min(first.readableBytes(), Lookalike.MOST)];
        first.getBytes(first.readerIndex(), bytes);
        return Lookalike.match(bytes, kind);
    }

    @Override
    public List<ChannelHandler> newHandlers() {
        return List.of(AnswerDiscarder.INSTANCE, new FrameDecoder(out -> new Refusal(kind, out)));
    }

    private static final class Refusal implements FrameCutter {

        private final Lookalike.Kind kind;
        private final Consumer<Received> out;
        private boolean refused;

        Refusal(Lookalike.Kind kind, Consumer<Received> out) {
            this.kind = kind;
            this.out = out;
        }

        /** The first piece has at least the bytes that matched. Only they are kept, in whatever pieces they came. */
        @Override
        public int cut(byte[] in, int from, int to) {
            int end = Math.min(to, from + 1);
            while (!refused && end <= to) {
                byte[] content = Arrays.copyOfRange(in, from, end);
                Lookalike known = Lookalike.of(content);
                if (known != null && known.kind() == kind) {
                    out.accept(new RejectedPacket(
                            FORMAT, RejectReason.UNKNOWN_FORMAT, known.detail(), content, content.length, true));
                    refused = true;
                }
                end++;
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
            return refused ? 1 : 0;
        }

        @Override
        public int heldBytes() {
            return 0;
        }
    }
}
