package io.framegate.it.support;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A packet and the images in it.
 *
 * @param xml as it goes over the wire
 * @param images in the order in which they stand in the packet
 */
public record CameraPacket(byte[] xml, List<byte[]> images) {

    /** An event with one image of about this size, of a camera with this number. */
    public static CameraPacket scene(int camera, int imageSize) {
        return scene(camera, Pictures.jpeg(imageSize));
    }

    /** An event with this image. */
    public static CameraPacket scene(int camera, byte[] image) {
        return of(
                """
                <?xml version="1.0" encoding="UTF-8" ?>
                <config version="1.7" xmlns="http://www.ipc.com/ver10">
                <smartType type="openAlramObj">MOTION</smartType>
                <currentTime type="tint64">1773221234567890</currentTime>
                <mac type="string"><![CDATA[%s]]></mac>
                <sourceDataInfo><sourceBase64Data type="string"><![CDATA[{0}]]></sourceBase64Data></sourceDataInfo>
                </config>
                """
                        .replace("%s", mac(camera)),
                image);
    }

    /** The address of the camera with this number. */
    public static String mac(int camera) {
        return "02:00:5e:20:00:" + (char) ('0' + camera / 10) + (char) ('0' + camera % 10);
    }

    /**
     * A packet in which <code>{0}</code>, <code>{1}</code>, ... stand for images, <code>{76 0}</code> for one in lines.
     */
    public static CameraPacket of(String template, byte[]... images) {
        String xml = template;
        for (int number = 0; number < images.length; number++) {
            xml = xml.replace("{" + number + "}", Base64.getEncoder().encodeToString(images[number]))
                    .replace("{76 " + number + "}", Base64.getMimeEncoder().encodeToString(images[number]));
        }
        return new CameraPacket(xml.getBytes(StandardCharsets.UTF_8), List.of(images));
    }

    /** The bytes of all of them, one behind the other. */
    public static byte[] pipelined(List<CameraPacket> packets) {
        return Http.joined(packets.stream().map(CameraPacket::xml).toArray(byte[][]::new));
    }

    /** The images of all of them. */
    public static List<byte[]> images(List<CameraPacket> packets) {
        List<byte[]> images = new ArrayList<>();
        packets.forEach(packet -> images.addAll(packet.images()));
        return images;
    }

    /** Hashes of its images. */
    public List<String> hashes() {
        return images.stream().map(Pictures::sha256).toList();
    }
}
