package io.framegate.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.Frame;
import io.framegate.wire.FrameEncoding;
import io.framegate.wire.KnownFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatsTest {

    private static final Instant SENT_AT = Instant.parse("2026-03-29T07:58:21.123456Z");

    private final List<Object> received = new ArrayList<>();

    private EmbeddedChannel connection(String format) {
        WireFormats formats = new WireFormats();
        formats.setFormat(format);
        return new EmbeddedChannel(formats.newChannelHandler(), new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                received.add(msg);
            }
        });
    }

    private static void send(EmbeddedChannel connection, byte[] bytes, int length) {
        for (int from = 0; from < bytes.length; from += length) {
            connection.writeInbound(Unpooled.copiedBuffer(bytes, from, Math.min(length, bytes.length - from)));
        }
    }

    /** A JPEG by its markers, with a thumbnail in a segment. */
    static byte[] picture(int number) {
        byte[] scan = new byte[500 + number];
        new Random(number).nextBytes(scan);
        ByteBuf picture = Unpooled.buffer()
                .writeBytes(ByteBufUtil.decodeHexDump("ffd8ffe1000a4578" + "ffd8" + "ffd90000" + "ffda00020a"));
        for (byte b : scan) {
            picture.writeByte(b);
            if (b == (byte) 0xFF) {
                picture.writeByte(0);
            }
        }
        return ByteBufUtil.getBytes(picture.writeByte(0).writeShort(0xFFD9));
    }

    private static byte[] encoded(FrameEncoding encoding, int frames) {
        ByteBuf out = Unpooled.buffer();
        for (int number = 0; number < frames; number++) {
            encoding.encode(new Frame(picture(number), SENT_AT, "02:00:5E:10:00:01"), out);
        }
        return ByteBufUtil.getBytes(out);
    }

    @ParameterizedTest
    @EnumSource
    void everyFormatIsToldByItsFirstBytesHoweverTheyArrive(FrameEncoding encoding) {
        for (int length : new int[] {1, 7, Integer.MAX_VALUE >> 1}) {
            received.clear();
            EmbeddedChannel connection = connection("auto");
            send(connection, encoded(encoding, 3), length);
            connection.close();
            assertThat(received).as("in pieces of %d", length).hasSize(3);
            for (int number = 0; number < 3; number++) {
                Packet packet = (Packet) received.get(number);
                assertThat(packet.images().get(0).bytes()).isEqualTo(picture(number));
                assertThat(packet.sentAt()).isEqualTo(encoding == FrameEncoding.LENGTH64 ? SENT_AT : null);
                assertThat(packet.format())
                        .isEqualTo(encoding.tag()
                                .replace("length64-plain", "length64")
                                .replace("http-image", "http"));
            }
        }
    }

    private static List<String> formats() {
        return KnownFormat.names();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void listenerPinnedToAFormatTakesNoOther(String format) {
        EmbeddedChannel connection = connection(format);
        // No sender writes events.
        byte[] first = format.equals("json")
                ? "{\"type\": \"VMD\"}".getBytes(StandardCharsets.UTF_8)
                : encoded(FrameEncoding.valueOf(format.toUpperCase(Locale.ROOT)), 1);
        send(connection, first, 100);
        connection.close();
        assertThat(received).hasSize(1).first().isInstanceOf(Packet.class);
        assertThat(((Packet) received.get(0)).format()).isEqualTo(format);

        received.clear();
        EmbeddedChannel other = connection(format);
        send(other, encoded(format.equals("jpeg") ? FrameEncoding.LENGTH64 : FrameEncoding.JPEG, 1), 100);
        other.close();
        assertThat(received).isNotEmpty().noneMatch(Packet.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+5", "1e9", "1_000", "2147483648", "10000000000", "12ab", "١٢"})
    void lengthThatIsNoneIsRefusedAtOnceWhereEveryFormatIsTaken(String length) {
        EmbeddedChannel connection = connection("auto");
        byte[] header = (length + " ".repeat(64)).getBytes(StandardCharsets.UTF_8);
        send(connection, header, 1);
        assertThat(received).hasSize(1);
        RejectedPacket rejected = (RejectedPacket) received.get(0);
        assertThat(rejected.reason()).isIn(RejectReason.BAD_LENGTH, RejectReason.TOO_LONG);
        assertThat(rejected.closing()).isTrue();
    }
}
