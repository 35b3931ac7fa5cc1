package io.framegate.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.framegate.it.support.Http;
import io.framegate.it.support.Pictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** What hostile connections send. The bytes are made once and shared by all connections. */
final class Pieces {

    private static final int MB = 1 << 20;
    private static final String IMAGE = "<config><sourceDataInfo><sourceBase64Data><![CDATA[";

    /** What comes before the picture of a multipart body. */
    private static final String PARTS =
            """
            --b
            Content-Type: application/xml

            <config><smartType>VFD</smartType></config>
            --b
            Content-Disposition: form-data; name="a.jpg"
            Content-Type: image/jpeg

            """;

    private Pieces() {}

    /** These, one after the other, then nothing. */
    static Supplier<Iterator<byte[]>> once(byte[]... pieces) {
        return () -> Arrays.asList(pieces).iterator();
    }

    /** This first, then that without end. */
    static Supplier<Iterator<byte[]>> endless(byte[] first, byte[] then) {
        return () ->
                Stream.concat(Stream.of(first), Stream.generate(() -> then)).iterator();
    }

    static Supplier<Iterator<byte[]>> endless(byte[] piece) {
        return () -> Stream.generate(() -> piece).iterator();
    }

    static byte[] latin1(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** A text as often as it fits into 64 KB. */
    static byte[] repeated(String text) {
        return latin1(text.repeat((64 << 10) / text.length()));
    }

    /** A packet without its end, of this length. */
    static byte[] half(int length) {
        byte[] packet = new byte[length];
        Arrays.fill(packet, (byte) 'A');
        byte[] beginning = latin1(IMAGE);
        System.arraycopy(beginning, 0, packet, 0, beginning.length);
        return packet;
    }

    /** A multipart body of nearly 16 MB: a document and a picture. */
    static byte[] multipart() {
        return Http.joined(
                latin1(PARTS.replace("\n", "\r\n")), Pictures.bareJpeg(16 * MB - 2048), latin1("\r\n--b--\r\n"));
    }

    static byte[] multipartPost() {
        byte[] body = multipart();
        return Http.request(
                "POST / HTTP/1.1\nHost: a\nContent-Type: multipart/form-data; boundary=b\nContent-Length: "
                        + body.length,
                body);
    }

    /** The same body in chunks of four bytes. */
    static byte[] multipartInSmallChunks() {
        return Http.request(
                "POST / HTTP/1.1\nHost: a\nContent-Type: multipart/form-data; boundary=b\nTransfer-Encoding: chunked",
                Http.chunked(multipart(), 4));
    }

    /** A request of 1 MB that inflates to 1 GB. */
    static byte[] bomb() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(2 * MB);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed, 64 << 10)) {
            byte[] first = half(MB);
            gzip.write(first);
            Arrays.fill(first, (byte) 'A');
            for (int i = 1; i < 1024; i++) {
                gzip.write(first);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Http.post("/", packed.toByteArray(), "Content-Encoding: gzip");
    }

    /** Events of 2000 cameras, 24 of each, with 64 attributes of 250 characters; a part of them for each connection. */
    static Supplier<Iterator<byte[]>> wallEvents(int part, int parts) {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 64; i++) {
            attributes.append("<a" + i + ">" + "x".repeat(250) + "</a" + i + ">");
        }
        return () -> Stream.iterate(part, number -> number < 48_000, number -> number + parts)
                .map(number -> latin1(String.format(
                                Locale.ROOT,
                                "<config><smartType>VFD</smartType><mac>02:00:5e:30:%02x:%02x</mac>",
                                number % 2000 / 256,
                                number % 256)
                        + attributes + "</config>"))
                .iterator();
    }

    /** A post of a picture of 15 MB, small in pixels. */
    static byte[] largePicture(String camera) {
        byte[] picture = Pictures.bareJpeg(15 * MB);
        return Http.request(
                "POST /?camera=" + camera + " HTTP/1.1\nHost: a\nContent-Type: image/jpeg\nContent-Length: "
                        + picture.length,
                picture);
    }

    /** A POST of this number of GIFs, each of one pixel. */
    static byte[] smallPictures(int number) {
        byte[] gif = HexFormat.of()
                .parseHex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b");
        byte[] part = Http.joined(
                latin1("--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: image/gif\r\n\r\n"),
                gif,
                latin1("\r\n"));
        byte[] parts = new byte[number * part.length];
        for (int i = 0; i < number; i++) {
            System.arraycopy(part, 0, parts, i * part.length, part.length);
        }
        byte[] body = Http.joined(parts, latin1("--b--\r\n"));
        return Http.post("/?camera=many", body, "Content-Type: multipart/form-data; boundary=b");
    }

    /** A PNG of a black square with this side in pixels. */
    static byte[] emptyPng(int side) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY), "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }
}
