package io.framegate.wire.http;

import io.framegate.event.RejectReason;
import io.netty.buffer.ByteBuf;
import java.util.function.BiConsumer;
import java.util.zip.DataFormatException;

/** A compressed body. Inflates its pieces for the body that reads them. */
final class HttpInflatedBody implements HttpBody {

    private final HttpInflater inflater;
    private final HttpBody body;
    private final HttpPackets packets;
    private final BiConsumer<RejectReason, String> problem;

    /**
     * Creates a body.
     *
     * @param packets the packets and rejects of the request so far
     * @param problem rejects the request, because the rest of the body cannot be inflated
     */
    HttpInflatedBody(
            HttpInflater inflater, HttpBody body, HttpPackets packets, BiConsumer<RejectReason, String> problem) {
        this.inflater = inflater;
        this.body = body;
        this.packets = packets;
        this.problem = problem;
    }

    @Override
    public void take(ByteBuf piece) {
        try {
            inflater.inflate(piece, body::take);
            if (inflater.problem() != null) {
                problem.accept(RejectReason.TOO_LONG, inflater.problem());
            }
        } catch (DataFormatException e) {
            problem.accept(RejectReason.BAD_HTTP, "compressed body damaged: " + e.getMessage());
        }
    }

    @Override
    public void end() {
        if (inflater.isCutOff() && packets.isNone()) {
            body.giveUp(RejectReason.BAD_HTTP, "compressed body ended early");
        } else {
            body.end();
        }
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        body.giveUp(reason, why);
    }

    @Override
    public int heldBytes() {
        return inflater.heldBytes() + body.heldBytes();
    }

    @Override
    public boolean isAnsweredInXml() {
        return body.isAnsweredInXml();
    }

    @Override
    public void close() {
        inflater.close();
    }
}
