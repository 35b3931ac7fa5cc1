package io.framegate.it.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A camera on a plain socket. Every failure of the connection is an {@link UncheckedIOException}. */
public final class Camera implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final String address;
    private final OutputStream out;
    private final InputStream in;

    private Camera(Socket socket) throws IOException {
        this.socket = socket;
        this.address = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
        this.out = socket.getOutputStream();
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** A camera with the address {@code 127.0.0.1}. */
    public static Camera connect(int port) {
        return connect(port, "127.0.0.1");
    }

    /** A camera with an address of its own, any of {@code 127.0.0.0/8}. */
    public static Camera connect(int port, String from) {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return new Camera(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Speaks TLS on this connection from now on; the handshake is done when it returns. */
    public Camera overTls(SSLContext context) {
        try {
            SSLSocketFactory factory = context.getSocketFactory();
            SSLSocket layered = (SSLSocket) factory.createSocket(socket, "127.0.0.1", socket.getPort(), true);
            layered.setSoTimeout(TIMEOUT_MILLIS);
            SSLParameters checked = layered.getSSLParameters();
            checked.setEndpointIdentificationAlgorithm("HTTPS");
            layered.setSSLParameters(checked);
            layered.startHandshake();
            return new Camera(layered);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The TLS session. */
    public SSLSession session() {
        return ((SSLSocket) socket).getSession();
    }

    /** Address and port as the gateway sees them. */
    public String address() {
        return address;
    }

    /** Sends bytes whole. */
    public Camera send(byte[] bytes) {
        return sendInPieces(bytes, Math.max(1, bytes.length));
    }

    /** Sends text. */
    public Camera send(String text) {
        return send(text.getBytes(UTF_8));
    }

    /** Sends bytes in pieces of this length. */
    public Camera sendInPieces(byte[] bytes, int length) {
        try {
            for (int at = 0; at < bytes.length; at += length) {
                out.write(bytes, at, Math.min(length, bytes.length - at));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An HTTP answer. */
    public record HttpAnswer(int status, Map<String, String> headers, String body) {

        /** A header; empty if there is none. */
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** Posts a packet and waits for its answer. */
    public HttpAnswer post(byte[] body) {
        return send(Http.post("/alarm", body)).answer();
    }

    /** Reads the next HTTP answer. */
    public HttpAnswer answer() {
        try {
            String status = line();
            Map<String, String> headers = new HashMap<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"), 10);
            byte[] body = in.readNBytes(length);
            return new HttpAnswer(Integer.parseInt(status.substring(9, 12), 10), headers, new String(body, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("closed after: " + line.toString(ISO_8859_1));
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(ISO_8859_1);
    }

    /** Waits until the gateway closes the connection; false if it does not in this time. */
    public boolean isClosedWithin(Duration time) {
        try {
            socket.setSoTimeout((int) time.toMillis());
            while (in.read() >= 0) {
                // An answer that nobody reads.
            }
            return true;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Sends no more, and goes on reading. */
    public void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes in good order. */
    public void leave() {
        close();
    }

    /** Vanishes: what is on its way is lost. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
