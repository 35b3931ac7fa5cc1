package io.framegate.store;

import io.framegate.image.ImageHeader;
import io.framegate.intake.FramegateHeaders;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.camel.Message;

/** Describes the picture in a message's body by headers. Stateless. */
public final class PictureHeaders {

    private PictureHeaders() {}

    /**
     * Replaces the body by a transformed picture and sets its headers. Keeps the hash as received in another header.
     */
    static void replace(Message message, byte[] image) throws IOException {
        ImageHeader header = ImageHeader.probe(image);
        if (header == null) {
            throw new IOException("transformed image: " + image.length + " bytes of no known format");
        }
        String before = message.getHeader(FramegateHeaders.SHA256, String.class);
        message.setBody(image);
        set(message, header);
        message.setHeader(FramegateHeaders.LENGTH, image.length);
        message.setHeader(FramegateHeaders.SHA256, sha256(image));
        if (before != null && message.getHeader(FramegateHeaders.ORIGINAL_SHA256) == null) {
            message.setHeader(FramegateHeaders.ORIGINAL_SHA256, before);
        }
    }

    private static String sha256(byte[] image) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets the picture's format, extension, media type, width and height. An unknown size has no headers. */
    public static void set(Message message, ImageHeader header) {
        message.setHeader(FramegateHeaders.IMAGE_FORMAT, header.format().name());
        message.setHeader(FramegateHeaders.EXTENSION, header.format().extension());
        message.setHeader(FramegateHeaders.MEDIA_TYPE, header.format().mediaType());
        if (header.hasSize()) {
            message.setHeader(FramegateHeaders.WIDTH, header.width());
            message.setHeader(FramegateHeaders.HEIGHT, header.height());
        } else {
            message.removeHeader(FramegateHeaders.WIDTH);
            message.removeHeader(FramegateHeaders.HEIGHT);
        }
    }
}
