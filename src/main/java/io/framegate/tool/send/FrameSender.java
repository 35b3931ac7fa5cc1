package io.framegate.tool.send;

import io.framegate.tool.Connection;
import io.framegate.tool.FrameClient;
import io.framegate.tool.HostPort;
import io.framegate.tool.TlsOptions;
import io.framegate.wire.Frame;
import io.framegate.wire.FrameEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Sends frames to a receiver over one connection, in order. A bean for routes.
 *
 * <pre>
 * beans:
 *   - name: frameSender
 *     type: io.framegate.tool.send.FrameSender
 *     properties: { to: "192.0.2.1:18000", format: http, retries: "10" }
 * ...
 *   - process: { ref: frameSender }
 * </pre>
 *
 * <p>A frame that cannot be sent is an {@link IOException}. The route then tries the same exchange again while
 * {@link #mayTryAgain} returns true. A connection that ends before its second frame is a failed attempt, too: the
 * receiver expects another format. In formats with answers, a frame counts as sent when the answer says so. In the
 * others, the sender cannot know which frames were in the socket buffers when the receiver closed the connection: it
 * writes the last frame again, which may arrive twice, and assumes that the frames before it were received.
 *
 * <p>Camel's {@code netty:} producer is unsuitable, because it keeps neither the order nor a single connection when a
 * receiver goes away. It reports a failed connect before it returns the connection: a pool of one waits for itself
 * forever, and without a pool there is a second connection. An error on an idle connection also completes the previous
 * exchange a second time.
 *
 * <p>For one thread at a time, but any thread may close it.
 */
public final class FrameSender implements Processor, AutoCloseable {

    private static final int OK = 200;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int END_MARK_MILLIS = 60_000;

    private HostPort receiver = new HostPort("127.0.0.1", 18000);
    private FrameEncoding encoding = FrameEncoding.LENGTH64;
    private int retries = 10;
    private SendReport report = new SendReport();
    private @Nullable SslContext tls;
    private @Nullable FrameClient client;
    private @Nullable Connection connection;
    private @Nullable Frame unconfirmed;
    private boolean connectedBefore;
    private int carried;
    private int failures;
    /** A thread other than the route's sets this. */
    private volatile boolean closed;

    /** Sets the receiver, {@code host:port}. */
    public void setTo(String to) {
        receiver = HostPort.of(to);
    }

    /** Sets the wire format, such as {@code length64}. */
    public void setFormat(String format) {
        encoding = encoding(format);
    }

    static FrameEncoding encoding(String format) {
        FrameEncoding named = FrameEncoding.named(format);
        if (named == null) {
            throw new IllegalArgumentException("format: " + format + " (expected: " + FrameEncoding.tags() + ")");
        }
        return named;
    }

    /** Sets the number of failed attempts in a row after which the sender gives up. */
    public void setRetries(int retries) {
        if (retries < 1) {
            throw new IllegalArgumentException("retries: " + retries + " (expected: >= 1)");
        }
        this.retries = retries;
    }

    /** Sets the TLS options. The default is plain TCP. Throws an {@link IllegalArgumentException} with one line. */
    public void setTls(TlsOptions options) {
        tls = options.context();
    }

    /** Sets the report that counts the frames. */
    public void setReport(SendReport report) {
        this.report = report;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Frame frame = exchange.getMessage().getMandatoryBody(Frame.class);
        try {
            send(frame);
            if (encoding.isAnswered() || carried > 1) {
                failures = 0;
            }
        } catch (IOException e) {
            countEnd();
            if (!(e instanceof NotNowException)) {
                drop();
            }
            if (failures >= retries) {
                String reason = e.getMessage() == null ? "it closes the connection" : e.getMessage();
                String attempts = failures == 1 ? " failed attempt: " : " failed attempts in a row: ";
                throw new IOException(receiver + ": gave up after " + failures + attempts + reason, e);
            }
            throw e;
        }
    }

    /** Counts a failed attempt, unless the connection has carried frames. */
    private void countEnd() {
        if (carried <= 1) {
            failures++;
        }
        carried = 0;
    }

    /** Returns whether the route may try again, for its {@code retryWhile}. */
    public boolean mayTryAgain() {
        return failures < retries && !closed;
    }

    private void send(Frame frame) throws IOException {
        Connection to = connected();
        to.send(encoded(frame));
        if (encoding.isAnswered()) {
            int status = to.answer().status();
            if (status >= BAD_REQUEST
                    && status < SERVER_ERROR
                    && status != REQUEST_TIMEOUT
                    && status != TOO_MANY_REQUESTS) {
                carried++;
                report.countRefused(status);
                return;
            }
            if (status / 100 != OK / 100) {
                throw new NotNowException("answer " + status + " (expected: 200)");
            }
        } else {
            unconfirmed = frame;
        }
        carried++;
        report.countSent(frame.image().length);
    }

    private Connection connected() throws IOException {
        if (closed) {
            throw new IOException("stopped");
        }
        Connection open = connection;
        if (open != null && open.isOpen()) {
            return open;
        }
        if (open != null && carried > 0) {
            if (carried == 1 && failures + 1 >= retries) {
                throw new IOException(
                        "it closes the connection after every frame (expected: a receiver of " + encoding.tag() + ")");
            }
            countEnd();
        }
        drop();
        open = Connection.open(client(), encoding.isAnswered());
        connection = open;
        if (connectedBefore) {
            report.reconnects.increment();
        }
        connectedBefore = true;
        Frame again = unconfirmed;
        if (again != null) {
            open.send(encoded(again));
            report.resent.increment();
        }
        return open;
    }

    private FrameClient client() {
        if (client == null) {
            client = new FrameClient(receiver, 1, tls);
        }
        return client;
    }

    private ByteBuf encoded(Frame frame) {
        ByteBuf out = Unpooled.buffer(frame.image().length + 1024);
        encoding.encode(frame, out);
        return out;
    }

    private void drop() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    /** Ends the stream, with an end mark if the format has one, and closes the connection. */
    @Override
    public void close() {
        closed = true;
        if (connection != null && encoding == FrameEncoding.LE32 && connection.isOpen()) {
            connection.write(Unpooled.buffer(4).writeIntLE(0)).awaitUninterruptibly(END_MARK_MILLIS);
        }
        drop();
        if (client != null) {
            client.close();
        }
    }

    /** The receiver has answered that it cannot accept the frame yet. */
    private static final class NotNowException extends IOException {
        NotNowException(String message) {
            super(message);
        }
    }
}
