package io.framegate.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import java.util.List;

/** A wire format, or several that one detector recognises, with the limits of one listener. Thread-safe. */
public interface WireFormat {

    /** Whether a connection's first bytes belong to a format. */
    enum Match {
        YES,
        NO,
        /** More bytes are needed to decide. */
        MORE
    }

    /** Examines the first bytes without consuming them. */
    Match match(ByteBuf first);

    /** Whether the format has an answer for each packet. */
    default boolean isAnswered() {
        return false;
    }

    /**
     * Creates the handlers for one channel, in their order from the socket. They decode bytes to packets and write or
     * drop answers.
     */
    List<ChannelHandler> newHandlers();
}
