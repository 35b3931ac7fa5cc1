package io.framegate.routes;

import io.framegate.event.ImageMark;
import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Packets as the decoders return them: a document with marks in place of its images, and the images. */
final class TestPacket {

    static final String MAC = "02:00:5E:10:00:01";

    private final StringBuilder document = new StringBuilder();
    private final List<PacketImage> images = new ArrayList<>();

    private TestPacket(String type, String mac) {
        document.append("<config version=\"1.7\"><smartType>")
                .append(type)
                .append("</smartType><mac>")
                .append(mac)
                .append("</mac><currentTime>1774684701123456</currentTime>"); // 2026-03-28T07:58:21.123456Z
    }

    /** A face event with its scene, as a camera sends it. */
    static Packet face(byte[] scene, byte[] face) {
        return of("VFD", MAC).withScene(scene).withFace(face).packet();
    }

    /** An event with a scene only. */
    static Packet scene(byte[] scene) {
        return of("VFD", MAC).withScene(scene).packet();
    }

    static TestPacket of(String type, String mac) {
        return new TestPacket(type, mac);
    }

    TestPacket withScene(byte[] image) {
        document.append("<sourceDataInfo><sourceBase64Data>");
        add(image);
        document.append("</sourceBase64Data></sourceDataInfo>");
        return this;
    }

    TestPacket withFace(byte[] image) {
        document.append("<listInfo><item><targetId>7</targetId><targetImageData><targetBase64Data>");
        add(image);
        document.append("</targetBase64Data></targetImageData></item></listInfo>");
        return this;
    }

    Packet packet() {
        byte[] bytes = (document + "</config>").getBytes(StandardCharsets.UTF_8);
        return new Packet("xml", bytes, images, sha256(bytes), bytes.length);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void add(byte[] image) {
        int encodedLength = (image.length + 2) / 3 * 4;
        images.add(new PacketImage(image, sha256(image), encodedLength, document.length(), null));
        document.append(ImageMark.of(images.size() - 1));
    }
}
