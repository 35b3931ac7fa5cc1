package io.framegate.it.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;

/** Requests as cameras write them. */
public final class Http {

    private Http() {}

    /** What an IP camera posts. */
    public static byte[] post(String path, byte[] body, String... headers) {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: 192.0.2.1\r\n");
        head.append("Content-Type: application/xml; charset=utf-8\r\nConnection: keep-alive\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        return joined(head.toString().getBytes(ISO_8859_1), body);
    }

    /** A request exactly so: its head, whose lines end with LF here and with CR LF on the wire, and its body. */
    public static byte[] request(String head, byte[] body) {
        return joined((head.strip().replace("\n", "\r\n") + "\r\n\r\n").getBytes(ISO_8859_1), body);
    }

    /** The body in chunks of this length. */
    public static byte[] chunked(byte[] body, int length) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; at += length) {
            int end = Math.min(at + length, body.length);
            chunks.writeBytes((Integer.toHexString(end - at) + "\r\n").getBytes(ISO_8859_1));
            chunks.write(body, at, end - at);
            chunks.writeBytes("\r\n".getBytes(ISO_8859_1));
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
        return chunks.toByteArray();
    }

    /** One behind the other. */
    public static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
