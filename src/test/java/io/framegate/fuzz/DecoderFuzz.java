package io.framegate.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.wire.CameraChannel;
import io.framegate.wire.WireFormat;
import io.netty.handler.codec.DecoderException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Sends bytes whole, in random pieces and byte by byte, and then ends the connection: the packets and the rejects are
 * the same each time, with all that they contain. Memory that was taken is given back.
 */
final class DecoderFuzz implements FuzzTarget.Fuzz {

    /** A piece for each byte takes its time. */
    private static final int MAX_SINGLE = 8 << 10;

    private final List<WireFormat> formats;

    DecoderFuzz(List<WireFormat> formats) {
        this.formats = formats;
    }

    @Override
    public void read(byte[] bytes) {
        List<String> whole = received(bytes, CameraChannel::send);
        assertThat(received(bytes, DecoderFuzz::sendInRandomPieces))
                .as("in random pieces")
                .isEqualTo(whole);
        if (bytes.length <= MAX_SINGLE) {
            assertThat(received(bytes, (camera, all) -> camera.sendInPieces(all, 1)))
                    .as("byte by byte")
                    .isEqualTo(whole);
        }
    }

    private List<String> received(byte[] bytes, BiConsumer<CameraChannel, byte[]> send) {
        try (CameraChannel camera = new CameraChannel(formats.toArray(WireFormat[]::new))) {
            send.accept(camera, bytes);
            boolean open = camera.isOpen();
            camera.channel().close();
            assertThat(camera.escaped()).allSatisfy(cause -> assertThat(cause).isInstanceOf(DecoderException.class));
            List<String> received = new ArrayList<>(camera.described());
            received.add(open ? "open" : "closed by the decoder");
            return received;
        }
    }

    /** The same pieces for the same bytes. */
    private static void sendInRandomPieces(CameraChannel camera, byte[] bytes) {
        Random random = new Random(Arrays.hashCode(bytes));
        int longest = 1 + random.nextInt(Math.max(1, bytes.length));
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(longest));
            camera.send(bytes, from, to);
            from = to;
        }
    }
}
