package io.framegate.tool;

import io.framegate.settings.Numbers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A blocking connection: the caller waits until its bytes are sent, and for the answer.
 *
 * <p>A wait fails with a {@link SocketTimeoutException}, and closes the connection, if the peer reads and sends no
 * bytes for 60 seconds. A gateway answers after it has stored the images, and it may retry that several times. An
 * interrupt causes an {@link InterruptedIOException}. For one thread.
 */
public final class Connection implements AutoCloseable {

    /** The longest wait without progress. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Channel channel;
    private final Incoming incoming;
    private final Duration patience;
    private final AtomicLong steps = new AtomicLong();

    private Connection(Channel channel, Incoming incoming, Duration patience) {
        this.channel = channel;
        this.incoming = incoming;
        this.patience = patience;
    }

    /**
     * Connects, and waits until the connection is open.
     *
     * @param answered whether the gateway answers over HTTP
     */
    public static Connection open(FrameClient client, boolean answered) throws IOException {
        return open(client, answered, PATIENCE);
    }

    static Connection open(FrameClient client, boolean answered, Duration patience) throws IOException {
        if (client.isClosed()) {
            // Netty would log the refused task with its stack trace.
            throw new IOException("stopped");
        }
        Incoming incoming = new Incoming();
        ChannelFuture connected = client.connect(client.nextLoop(), answered, incoming);
        Connection connection = new Connection(connected.channel(), incoming, patience);
        connection.await(connected);
        if (connected.cause() instanceof UnknownHostException e) {
            // Java's message is only the name, with or without a reason.
            throw new IOException("unknown host: " + client.to().host(), e);
        }
        if (connected.cause() != null) {
            throw failed(connected.cause());
        }
        return connection;
    }

    /** Returns whether neither end has closed the connection. */
    public boolean isOpen() {
        return channel.isActive();
    }

    /** Writes these parts one after the other, and waits until the operating system has accepted them. */
    public void send(Object... parts) throws IOException {
        ChannelFuture written = write(parts);
        await(written);
        if (written.cause() != null) {
            throw failed(reason(written.cause()));
        }
    }

    /**
     * Returns why the connection broke. A TLS alert, which is read after the failed write, is more precise than the
     * write's failure.
     */
    private Throwable reason(Throwable unwritten) throws InterruptedIOException {
        try {
            incoming.end.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw interrupted();
        }
        Throwable broken = incoming.failure;
        return broken == null ? unwritten : broken;
    }

    /** Writes these parts one after the other, and does not wait. A part is a buffer or a {@code ChunkedInput}. */
    public ChannelFuture write(Object... parts) {
        ChannelFuture written = channel.newSucceededFuture();
        for (Object part : parts) {
            ChannelProgressivePromise promise = channel.newProgressivePromise();
            promise.addListener(new Steps());
            // TLS encrypts a whole buffer before its first byte leaves: a slow connection would look like a silent one.
            written = channel.write(
                    part instanceof ByteBuf bytes
                            ? new ChunkedStream(new ByteBufInputStream(bytes, true), FrameClient.PIECE)
                            : part,
                    promise);
        }
        channel.flush();
        return written;
    }

    /**
     * Writes the last bytes and then shuts the output down: a gateway closes the connection when it has read all of it.
     * In TLS 1.2, answers that have not arrived by then are lost.
     */
    public ChannelFuture writeLast(Object part) {
        return write(part).addListener(written -> {
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (!written.isSuccess()) {
                channel.close();
            } else if (tls != null) {
                tls.closeOutbound();
            } else {
                ((SocketChannel) channel).shutdownOutput();
            }
        });
    }

    /** Waits for an answer, and closes the connection after the last one. */
    public HttpAnswer answer() throws IOException {
        HttpAnswer answer = next();
        if (answer == null) {
            String failure = failure();
            throw new IOException(failure == null ? "connection closed without an answer" : failure);
        }
        if (answer.isLast()) {
            close();
        }
        return answer;
    }

    /** Waits for an answer, and returns null if the connection is closed instead. */
    public @Nullable HttpAnswer next() throws IOException {
        try {
            long before;
            do {
                before = steps.get();
                HttpAnswer answer = incoming.answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
                if (Incoming.END.equals(answer)) {
                    incoming.answers.add(Incoming.END);
                    return null;
                }
                if (answer != null) {
                    return answer;
                }
            } while (steps.get() != before);
        } catch (InterruptedException e) {
            throw interrupted();
        }
        throw silent();
    }

    /** Returns why the connection broke, or null. */
    public @Nullable String failure() {
        Throwable failure = incoming.failure;
        return failure == null ? null : String.valueOf(failure.getMessage());
    }

    private void await(ChannelFuture future) throws IOException {
        try {
            long before = steps.get();
            while (!future.await(patience.toMillis())) {
                if (steps.get() == before) {
                    throw silent();
                }
                before = steps.get();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static IOException failed(Throwable failure) {
        return failure instanceof IOException e ? e : new IOException(failure.toString(), failure);
    }

    private SocketTimeoutException silent() {
        close();
        return new SocketTimeoutException("nothing happened for " + Numbers.timeText(patience));
    }

    private InterruptedIOException interrupted() {
        close();
        Thread.currentThread().interrupt();
        return new InterruptedIOException("stopped");
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
    }

    /** Holds answers until the caller takes them. */
    private static final class Incoming implements FrameClient.Listener {

        private static final HttpAnswer END = new HttpAnswer(0, "", true);

        private final BlockingQueue<HttpAnswer> answers = new LinkedBlockingQueue<>();
        private final CountDownLatch end = new CountDownLatch(1);
        private volatile @Nullable Throwable failure;

        @Override
        public void answered(HttpAnswer answer) {
            answers.add(answer);
        }

        @Override
        public void closed(Channel channel, @Nullable Throwable cause) {
            failure = cause;
            answers.add(END);
            end.countDown();
        }
    }

    /** Notes that some bytes have left: a slow connection is not a silent one. */
    private final class Steps implements ChannelProgressiveFutureListener {

        @Override
        public void operationProgressed(ChannelProgressiveFuture future, long progress, long total) {
            steps.incrementAndGet();
        }

        @Override
        public void operationComplete(ChannelProgressiveFuture future) {
            steps.incrementAndGet();
        }
    }
}
