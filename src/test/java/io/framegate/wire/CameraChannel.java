package io.framegate.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.Received;
import io.framegate.event.RejectedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection between a decoder and a camera, which is the test. Counts every byte of memory. */
public final class CameraChannel implements AutoCloseable {

    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
    private final List<Received> received = new ArrayList<>();
    private final List<Throwable> escaped = new ArrayList<>();
    private final EmbeddedChannel channel;
    private @Nullable FrameProgress progress;
    private @Nullable Runnable onReceived;
    private int reads;

    /** Creates a connection of one of these formats. Bytes of no format go to the last one. */
    public CameraChannel(WireFormat... formats) {
        channel = new EmbeddedChannel(
                new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void read(ChannelHandlerContext ctx) {
                        reads++;
                    }
                },
                new WireFormatDetector(List.of(formats), formats[formats.length - 1]),
                new Gateway());
        channel.config().setAllocator(memory);
    }

    /** Takes the place of the gateway's handlers. */
    private final class Gateway extends ChannelInboundHandlerAdapter {

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof FrameProgress decoder) {
                progress = decoder;
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            received.add((Received) msg);
            if (onReceived != null) {
                onReceived.run();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            escaped.add(cause);
        }
    }

    /** Stops reading with each packet, as the gateway does with a window of one. */
    public CameraChannel stopWithEachPacket() {
        return onReceived(() -> channel.config().setAutoRead(false));
    }

    /** Reads again, as the gateway does when the routes are done with a packet. */
    public CameraChannel goOn() {
        channel.config().setAutoRead(true);
        progress().resume();
        return this;
    }

    /** How often a handler has asked for more bytes. */
    public int reads() {
        return reads;
    }

    /** Runs this while a packet is passed on. */
    public CameraChannel onReceived(Runnable action) {
        onReceived = action;
        return this;
    }

    public CameraChannel send(String latin1) {
        return send(latin1.getBytes(ISO_8859_1));
    }

    public CameraChannel send(byte[] bytes) {
        return send(bytes, 0, bytes.length);
    }

    /** Sends one piece in direct memory, as a socket does. */
    public CameraChannel send(byte[] bytes, int from, int to) {
        if (channel.isOpen()) {
            channel.writeInbound(memory.directBuffer(Math.max(1, to - from)).writeBytes(bytes, from, to - from));
        }
        return this;
    }

    public CameraChannel sendInPieces(byte[] bytes, int length) {
        for (int from = 0; from < bytes.length; from += length) {
            send(bytes, from, Math.min(bytes.length, from + length));
        }
        return this;
    }

    /** Writes the answer to a packet, as the gateway does. */
    public CameraChannel answer(Answer answer) {
        channel.writeOutbound(answer);
        return this;
    }

    /** Accepts all packets so far. */
    public CameraChannel answerAll() {
        received.forEach(packet -> answer(Answer.ACCEPTED));
        return this;
    }

    /** Everything written to the camera since the last call. */
    public String written() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
            text.append(piece.toString(ISO_8859_1));
            piece.release();
        }
        return text.toString();
    }

    public EmbeddedChannel channel() {
        return channel;
    }

    public boolean isOpen() {
        return channel.isOpen();
    }

    public List<Received> received() {
        return received;
    }

    public Packet packet(int number) {
        assertThat(received).hasSizeGreaterThan(number);
        assertThat(received.get(number)).isInstanceOf(Packet.class);
        return (Packet) received.get(number);
    }

    public RejectedPacket reject(int number) {
        assertThat(received).hasSizeGreaterThan(number);
        assertThat(received.get(number)).isInstanceOf(RejectedPacket.class);
        return (RejectedPacket) received.get(number);
    }

    public List<Throwable> escaped() {
        return escaped;
    }

    public FrameProgress progress() {
        return Objects.requireNonNull(progress, "no decoder has begun its work");
    }

    public boolean isDecoding() {
        return progress != null && !(progress instanceof WireFormatDetector);
    }

    /** All packets and rejects as text, for comparison. */
    public List<String> described() {
        return received.stream().map(CameraChannel::describe).toList();
    }

    private static String describe(Received received) {
        if (received instanceof Packet packet) {
            StringBuilder text = new StringBuilder(packet.format() + " packet " + packet.length() + " "
                    + packet.sha256() + " " + new String(packet.document(), ISO_8859_1));
            for (PacketImage image : packet.images()) {
                text.append("\n  image at ").append(image.position());
                text.append(" of ").append(image.encodedLength()).append(' ').append(image.sha256());
                text.append(' ').append(image.damage()).append(' ').append(new String(image.bytes(), ISO_8859_1));
            }
            return text.toString();
        }
        RejectedPacket rejected = (RejectedPacket) received;
        return rejected.format() + " " + rejected.reason() + " " + rejected.length() + " " + rejected.closing() + " "
                + rejected.detail() + ": " + new String(rejected.content(), ISO_8859_1);
    }

    /** Closes the connection and checks that no memory leaked. */
    @Override
    public void close() {
        channel.finishAndReleaseAll();
        assertThat(memory.metric().usedDirectMemory())
                .as("direct memory leaked")
                .isZero();
        assertThat(memory.metric().usedHeapMemory()).as("heap buffers leaked").isZero();
    }
}
