package io.framegate.outbox.deliver;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names the protocol that a port speaks, by the first bytes that the port sends. */
final class SpokenProtocol {

    /** A request that every HTTP server answers, and that a TLS server answers with an alert. */
    private static final byte[] QUESTION = "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int CONNECT_MILLIS = 2000;
    private static final int GREETING_MILLIS = 700;
    private static final int ANSWER_MILLIS = 1500;
    private static final int BYTES = 32;

    private static final Map<String, String> BEGINNINGS = new LinkedHashMap<>();

    static {
        BEGINNINGS.put("SSH-", "SSH");
        BEGINNINGS.put("HTTP/", "HTTP");
        BEGINNINGS.put("220 ", "FTP or SMTP");
        BEGINNINGS.put("220-", "FTP or SMTP");
        BEGINNINGS.put("AMQP", "AMQP");
        BEGINNINGS.put("RFB ", "VNC");
        BEGINNINGS.put("+OK", "POP3");
        BEGINNINGS.put("* OK", "IMAP");
    }

    private SpokenProtocol() {}

    /**
     * Connects, waits for a greeting, then asks in HTTP, then in TLS. Takes up to nine seconds.
     *
     * @return the name, or the first bytes as text in quotation marks; empty if nothing listens or no bytes arrive
     */
    static String at(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MILLIS);
            byte[] greeting = read(socket, GREETING_MILLIS);
            if (greeting.length > 0) {
                return name(greeting);
            }
            socket.getOutputStream().write(QUESTION);
            String answer = name(read(socket, ANSWER_MILLIS));
            // Some TLS servers close a connection without TLS silently.
            return answer.isEmpty() && Tls.isSpoken(address) ? "TLS" : answer;
        } catch (IOException e) {
            return "";
        }
    }

    private static byte[] read(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[BYTES];
        try {
            int count = in.read(bytes);
            return Arrays.copyOf(bytes, Math.max(count, 0));
        } catch (SocketTimeoutException silent) {
            return new byte[0];
        }
    }

    /** The name of the protocol whose servers send these first bytes. */
    static String name(byte[] first) {
        if (first.length == 0) {
            return "";
        }
        // An alert or a handshake, in any version of TLS.
        if (first.length > 1 && (first[0] == 0x15 || first[0] == 0x16) && first[1] == 3) {
            return "TLS";
        }
        String text = new String(first, StandardCharsets.ISO_8859_1);
        return BEGINNINGS.entrySet().stream()
                .filter(known -> text.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> '"' + text.replaceAll("[^ -~]", ".") + '"');
    }
}
