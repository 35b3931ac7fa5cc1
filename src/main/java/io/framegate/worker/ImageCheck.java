package io.framegate.worker;

import io.framegate.image.ImageHeader;
import io.framegate.image.NoPicture;
import io.framegate.intake.FramegateHeaders;
import io.framegate.store.PictureHeaders;
import io.framegate.worker.WrongDeliveryException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Reads the image from the stream in the body, up to one byte more than its length. Verifies that its hash is the one
 * in the document and that it is a picture. Sets the headers that the image itself tells. Thread-safe.
 */
public final class ImageCheck implements Processor {

    /** The variable with the most bytes that the image may have. */
    static final String LIMIT = "imageLimit";

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

    /** Leaves no stream in the body: it is closed, and the routes that a failure goes through would read it. */
    private static byte[] read(Message message, int limit) throws IOException {
        InputStream image = message.getBody(InputStream.class);
        message.setBody(null);
        if (image == null) {
            throw new IOException("no image in the answer");
        }
        try (image) {
            return image.readNBytes(limit + 1);
        }
    }

    private static String sha256(byte[] image) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
