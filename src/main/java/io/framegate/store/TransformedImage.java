package io.framegate.store;

import io.framegate.image.ImageHeader;
import io.framegate.intake.FramegateHeaders;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.camel.Message;

/** Replaces an image with a transformed one and updates its headers. Stateless. */
final class TransformedImage {

    private TransformedImage() {}

    /** Replaces the body and the headers that describe it. Another header keeps the hash as received. */
    static void replace(Message message, byte[] image) throws IOException {
        ImageHeader header = ImageHeader.probe(image);
        if (header == null) {
            throw new IOException("transformed image: " + image.length + " bytes of no known format");
        }
        String before = message.getHeader(FramegateHeaders.SHA256, String.class);
        message.setBody(image);
        PictureHeaders.set(message, header);
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
}
