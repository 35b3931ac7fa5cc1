package io.framegate.tool.replay;

import io.framegate.wire.KnownFormat;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The wire format of a recording, detected from its first bytes as the gateway does for a connection. */
enum FirstBytes {
    EMPTY,
    /** The gateway answers every request. */
    HTTP,
    /** A format without answers. */
    UNANSWERED,
    UNKNOWN;

    private static final int LENGTH = 512;

    static FirstBytes of(Path recording) throws IOException {
        ByteBuf first;
        try (InputStream in = Files.newInputStream(recording)) {
            first = Unpooled.wrappedBuffer(in.readNBytes(LENGTH));
        }
        if (!first.isReadable()) {
            return EMPTY;
        }
        for (WireFormat format : KnownFormat.detectors(PacketLimits.DEFAULT, null)) {
            if (format.match(first) == WireFormat.Match.YES) {
                return format.isAnswered() ? HTTP : UNANSWERED;
            }
        }
        return UNKNOWN;
    }
}
