package io.framegate.tool.replay;

import io.framegate.tool.Connection;
import io.framegate.tool.FrameClient;
import io.framegate.tool.HttpAnswer;
import io.framegate.tool.replay.ReplayOutcome.Kind;
import io.netty.channel.ChannelFuture;
import io.netty.handler.stream.ChunkedNioFile;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Sends recordings unchanged, each on its own connection. After the last byte the output is shut down: a gateway that
 * has read all of it closes the connection. Files are not read into memory. For one thread.
 */
final class Recordings {

    private final FrameClient client;

    Recordings(FrameClient client) {
        this.client = client;
    }

    /**
     * Sends a recording.
     *
     * @param answered whether the format has answers; they then decide the outcome
     */
    ReplayOutcome send(Path recording, boolean answered) throws IOException {
        try (FileChannel content = FileChannel.open(recording);
                Connection connection = GatewayAwayException.connect(client, answered)) {
            long length = content.size();
            ChannelFuture written = connection.writeLast(new ChunkedNioFile(content, 0, length, FrameClient.PIECE));
            Answers answers = new Answers();
            String failure = answers.countAll(connection);
            boolean whole = written.isSuccess() && failure == null;
            return answered ? answers.outcome(failure, whole) : unanswered(failure, whole, length);
        }
    }

    private static ReplayOutcome unanswered(@Nullable String failure, boolean whole, long length) {
        return whole
                ? new ReplayOutcome(Kind.SENT, "bytes=" + length)
                : new ReplayOutcome(
                        Kind.REFUSED,
                        "connection closed before all was taken" + (failure == null ? "" : ", " + failure));
    }

    /** Counts the answers on one connection and keeps the worst one. */
    private static final class Answers {

        private int accepted;
        private int refused;
        private @Nullable ReplayOutcome worst;

        /** Counts until the gateway closes the connection, and returns why it broke, or null. */
        @Nullable
        String countAll(Connection connection) throws IOException {
            try {
                for (HttpAnswer answer = connection.next(); answer != null; answer = connection.next()) {
                    count(ReplayOutcome.answered(answer.status(), answer.body()));
                }
                return connection.failure();
            } catch (SocketTimeoutException e) {
                return e.getMessage();
            }
        }

        private void count(ReplayOutcome outcome) {
            if (outcome.kind() == Kind.ACCEPTED) {
                accepted++;
            } else {
                refused++;
                worst = worst == null || outcome.ends() ? outcome : worst;
            }
        }

        ReplayOutcome outcome(@Nullable String failure, boolean whole) {
            String counts = "answers=" + (accepted + refused) + " refused=" + refused;
            if (worst != null) {
                ReplayOutcome outcome = new ReplayOutcome(Kind.REFUSED, counts + ", " + worst.detail());
                return worst.ends() ? outcome.andNoMore() : outcome;
            }
            if (!whole || accepted == 0) {
                return new ReplayOutcome(
                        Kind.UNANSWERED, counts + ", " + (failure == null ? "connection closed" : failure));
            }
            return new ReplayOutcome(Kind.ACCEPTED, counts);
        }
    }
}
