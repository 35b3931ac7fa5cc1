package io.framegate.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import java.util.List;

/** A way to put packets on a connection, recognised by a connection's first bytes. Thread-safe. */
public interface WireFormat {

    /** Whether first bytes are of a format. */
    enum Match {
        YES,
        NO,
        /** Not decided without more bytes. */
        MORE
    }

    /** Looks at the first bytes without reading them. */
    Match match(ByteBuf first);

    /** Whether the format has an answer for each packet. */
    default boolean isAnswered() {
        return false;
    }

    /** New handlers for one channel, in their order from the socket; they turn bytes into packets and drop or write answers. */
    List<ChannelHandler> newHandlers();
}
