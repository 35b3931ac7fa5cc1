package io.framegate.it.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;

/** Asks a server byte for byte, with requests that no client would send, on a connection of its own each. */
public final class RawHttp {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final int port;
    private final List<String> always;

    /** Of the server on this port; these header lines are in every request. */
    public RawHttp(int port, String... always) {
        this.port = port;
        this.always = List.of(always);
    }

    /**
     * What a server has answered.
     *
     * @param status 0 if it did not listen
     */
    public record Answer(int status, String head, String body) {

        /** The values of a header. */
        public List<String> header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .toList();
        }
    }

    public Answer get(String target, String... headers) {
        return ask("GET", target, "", headers);
    }

    public Answer ask(String method, String target, String body, String... headers) {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nConnection: close\r\n");
        if (List.of(headers).stream().noneMatch(header -> header.startsWith("Host:"))) {
            request.append("Host: localhost\r\n");
        }
        always.forEach(header -> request.append(header).append("\r\n"));
        List.of(headers).forEach(header -> request.append(header).append("\r\n"));
        if (!body.isEmpty()) {
            request.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return send(request.append("\r\n").append(body).toString());
    }

    /** Sends this, and takes all that comes until the server closes. */
    public Answer send(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            String all = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            int end = all.indexOf("\r\n\r\n");
            if (end < 0) {
                return new Answer(0, all, "");
            }
            String head = all.substring(0, end);
            return new Answer(Integer.parseInt(head.split(" ", 3)[1], 10), head, all.substring(end + 4));
        } catch (ConnectException notListening) {
            return new Answer(0, "", "");
        } catch (SocketException reset) {
            return new Answer(0, reset.toString(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(request, e);
        }
    }
}
