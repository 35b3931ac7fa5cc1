package io.framegate.outbox.deliver;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** TLS with Java's trust store, in which the certificate must name the host. */
final class Tls {

    private static final int TIMEOUT_MILLIS = 2000;

    private Tls() {}

    /** The failure of a handshake at an address; null if it succeeds. Takes up to four seconds. */
    static @Nullable IOException failure(InetSocketAddress address) {
        String host = address.getHostString();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, address.getPort()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            over(socket, host, address.getPort()).close();
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    /** Whether the peer did not answer the handshake, or answered in another protocol. */
    static boolean isAbsent(IOException failure) {
        if (!(failure instanceof SSLException)) {
            return failure instanceof SocketTimeoutException;
        }
        return failure.getCause() instanceof EOFException
                || String.valueOf(failure.getMessage()).startsWith("Unsupported or unrecognized SSL message");
    }

    /** Whether a port speaks TLS, with any certificate. */
    static boolean isSpoken(InetSocketAddress address) {
        IOException failure = failure(address);
        return failure == null || (failure instanceof SSLException && !isAbsent(failure));
    }

    /** Makes the handshake on a connected socket, which is closed with the returned one. */
    static SSLSocket over(Socket socket, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secure = (SSLSocket) factory.createSocket(socket, host, port, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }
}
