package io.framegate.it.support;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of the formats with lengths, and of JPEGs alone: reads as their tutorials do, and knows nothing of the
 * sender's code.
 */
public final class FrameReceiver implements AutoCloseable {

    private final String format;
    private final int atMost;
    private final ServerSocket server;
    private final List<byte[]> images = new CopyOnWriteArrayList<>();
    private volatile boolean endSeen;
    private final AtomicInteger connections = new AtomicInteger();

    /** Listens on a port, 0 for any, and goes after so many frames. */
    public FrameReceiver(String format, int port, int atMost) {
        this.format = format;
        this.atMost = atMost;
        try {
            server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::accept, "receiver");
        thread.setDaemon(true);
        thread.start();
    }

    public FrameReceiver(String format) {
        this(format, 0, Integer.MAX_VALUE);
    }

    public int port() {
        return server.getLocalPort();
    }

    public List<byte[]> images() {
        return images;
    }

    /** Whether the sender said that there are no more. */
    public boolean endSeen() {
        return endSeen;
    }

    public int connections() {
        return connections.get();
    }

    public boolean isClosed() {
        return server.isClosed();
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                connections.incrementAndGet();
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] image = image(in);
                while (image != null) {
                    images.add(image);
                    if (images.size() == atMost) {
                        close();
                        break;
                    }
                    image = image(in);
                }
            } catch (IOException ended) {
                // The next connection may be better.
            }
        }
    }

    private byte @Nullable [] image(DataInputStream in) throws IOException {
        return switch (format) {
            case "length64", "length64-plain" -> {
                byte[] text = in.readNBytes(number(in, 64));
                if (format.equals("length64")) {
                    String time = new String(exactly(in, 64), StandardCharsets.US_ASCII);
                    if (!time.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6} {38}")) {
                        throw new IOException(time);
                    }
                }
                yield Base64.getDecoder().decode(text);
            }
            case "length16" -> exactly(in, number(in, 16));
            case "lengthline" -> exactly(in, line(in));
            case "be64" -> exactly(in, (int) in.readLong());
            case "be32" -> exactly(in, in.readInt());
            case "le32" -> {
                int length = Integer.reverseBytes(in.readInt());
                endSeen = length == 0;
                yield length == 0 ? null : exactly(in, length);
            }
            case "le64" -> exactly(in, (int) Long.reverseBytes(in.readLong()));
            default -> jpeg(in);
        };
    }

    private static int number(DataInputStream in, int width) throws IOException {
        return Integer.valueOf(new String(exactly(in, width), StandardCharsets.US_ASCII).strip());
    }

    private static int line(DataInputStream in) throws IOException {
        int number = 0;
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            number = number * 10 + next - '0';
        }
        return number;
    }

    private static byte[] exactly(DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    /** Up to the first end marker: these pictures have no others in them. */
    private static byte[] jpeg(DataInputStream in) throws IOException {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        int before = 0;
        while (true) {
            int next = in.readUnsignedByte();
            image.write(next);
            if (before == 0xFF && next == 0xD9) {
                return image.toByteArray();
            }
            before = next;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
