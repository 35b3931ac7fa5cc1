package io.framegate.worker;

import io.framegate.image.ImageHeader;
import io.framegate.image.NoPicture;
import io.framegate.intake.FramegateHeaders;
import io.framegate.store.PictureHeaders;
import io.framegate.worker.WrongDeliveryException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Reads the image from the stream in the body, up to one byte more than its length. Verifies that its hash is the one
 * in the document and that it is a picture. Sets the headers that follow from the image itself. Thread-safe.
 */
public final class ImageCheck implements Processor {

    /** The variable with the maximum length of the image, in bytes. */
    static final String LIMIT = "imageLimit";

    /** The time for an image, and the bytes a second of a longer one: a slow server must not hold the consumer. */
    private static final long MIN_SECONDS = 60;

    private static final int MIN_RATE = 128 << 10;

    private static final int PIECE = 64 << 10;

    private final MissingImages missing;

    public ImageCheck(MissingImages missing) {
        this.missing = missing;
    }

    @Override
    public void process(Exchange exchange) throws IOException, WrongDeliveryException {
        Message message = exchange.getMessage();
        int limit = exchange.getVariable(LIMIT, Integer.class);
        byte[] image = read(message, limit);
        missing.found(exchange);
        String expected = message.getHeader(FramegateHeaders.SHA256, String.class);
        String hash = sha256(image);
        if (!hash.equals(expected)) {
            throw new WrongDeliveryException(
                    Reason.HASH_DIFFERS,
                    "image: SHA-256 " + hash + " of " + (image.length > limit ? "more than " + limit : image.length)
                            + " bytes at " + DocumentReader.shown(exchange) + " (expected: " + expected + ")");
        }
        ImageHeader header = ImageHeader.probe(image);
        if (header == null) {
            throw new WrongDeliveryException(Reason.NOT_A_PICTURE, NoPicture.describe(image));
        }
        message.setBody(image);
        message.setHeader(FramegateHeaders.LENGTH, image.length);
        PictureHeaders.set(message, header);
    }

    /**
     * Removes the stream from the body. It is closed afterwards, and the routes that handle a failure would read it.
     */
    private static byte[] read(Message message, int limit) throws IOException {
        InputStream image = message.getBody(InputStream.class);
        message.setBody(null);
        if (image == null) {
            throw new IOException("no image in the answer");
        }
        try (image) {
            return read(image, limit + 1);
        }
    }

    private static byte[] read(InputStream image, int atMost) throws IOException {
        long seconds = MIN_SECONDS + atMost / MIN_RATE;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        ByteArrayOutputStream all = new ByteArrayOutputStream(Math.min(atMost, PIECE));
        byte[] piece = new byte[PIECE];
        int length;
        while (all.size() < atMost && (length = image.read(piece, 0, Math.min(PIECE, atMost - all.size()))) >= 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("image not read within " + seconds + " s");
            }
            all.write(piece, 0, length);
        }
        return all.toByteArray();
    }

    private static String sha256(byte[] image) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
