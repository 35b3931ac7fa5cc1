package io.framegate.tool.replay;

import io.framegate.wire.WireFormat;
import io.framegate.wire.http.HttpFormat;
import io.framegate.wire.jpeg.JpegFormat;
import io.framegate.wire.length.LengthFormat;
import io.framegate.wire.xml.XmlFormat;
import io.framegate.wire.xml.XmlLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells by a recording's first bytes what it is, as a gateway does by a connection's. */
enum FirstBytes {
    EMPTY,
    /** Every request is answered. */
    HTTP,
    /** A format without answers. */
    UNANSWERED,
    UNKNOWN;

    private static final int LENGTH = 512;

    private static final WireFormat ANSWERED = new HttpFormat(XmlLimits.DEFAULT, null);

    private static final List<WireFormat> OTHERS = List.of(
            new JpegFormat(XmlLimits.DEFAULT.maxPacketLength()),
            LengthFormat.int32(XmlLimits.DEFAULT.maxPacketLength()),
            LengthFormat.le64(XmlLimits.DEFAULT.maxPacketLength()),
            LengthFormat.ascii(XmlLimits.DEFAULT.maxPacketLength()),
            new XmlFormat(XmlLimits.DEFAULT));

    static FirstBytes of(Path recording) throws IOException {
        ByteBuf first;
        try (InputStream in = Files.newInputStream(recording)) {
            first = Unpooled.wrappedBuffer(in.readNBytes(LENGTH));
        }
        if (!first.isReadable()) {
            return EMPTY;
        }
        if (ANSWERED.match(first) == WireFormat.Match.YES) {
            return HTTP;
        }
        return OTHERS.stream().anyMatch(format -> format.match(first) == WireFormat.Match.YES) ? UNANSWERED : UNKNOWN;
    }
}
