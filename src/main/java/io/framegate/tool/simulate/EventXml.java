package io.framegate.tool.simulate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes events as IP cameras of version 1.7 do: {@code VFD} with the scene and a face, {@code VEHICE} with the scene
 * and a plate as items of one list. Stateless.
 */
final class EventXml {

    private static final String NOT_BASE64 = "!?*#!?*#";

    private EventXml() {}

    /** Returns the MAC address of the camera with this number. */
    static String mac(int camera) {
        HexFormat hex = HexFormat.of().withDelimiter(":");
        return hex.formatHex(
                new byte[] {2, 0, (byte) (camera >> 24), (byte) (camera >> 16), (byte) (camera >> 8), (byte) camera});
    }

    /** Returns an event with a scene and a crop. {@code badBase64} is the number of the damaged one, or -1. */
    static String of(boolean vehicle, int camera, long sequence, Instant time, List<byte[]> images, int badBase64) {
        StringBuilder xml =
                new StringBuilder(4096 + images.stream().mapToInt(i -> i.length).sum() * 3 / 2);
        head(xml, vehicle ? "VEHICE" : "VFD", camera, time);
        String scene = base64(images.get(0), badBase64 == 0);
        String crop = base64(images.get(1), badBase64 == 1);
        if (vehicle) {
            vehicle(xml, sequence, scene, crop);
        } else {
            face(xml, sequence, scene, crop);
        }
        return xml.append("</config>\n").toString();
    }

    private static void head(StringBuilder xml, String type, int camera, Instant time) {
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n")
                .append("<config version=\"1.7\" xmlns=\"http://www.ipc.com/ver10\">\n<types>\n<openAlramObj>")
                .append("<enum>MOTION</enum><enum>SENSOR</enum><enum>PEA</enum><enum>VFD</enum><enum>VEHICE</enum>")
                .append("</openAlramObj>\n<targetType><enum>person</enum><enum>car</enum></targetType>\n</types>\n")
                .append("<smartType type=\"openAlramObj\">")
                .append(type)
                .append("</smartType>\n<subscribeOption type=\"subscribeRelation\">FEATURE_RESULT</subscribeOption>\n")
                .append("<currentTime type=\"tint64\">")
                .append(ChronoUnit.MICROS.between(Instant.EPOCH, time))
                .append("</currentTime>\n<mac type=\"string\"><![CDATA[")
                .append(mac(camera))
                .append("]]></mac>\n<sn type=\"string\"><![CDATA[SIM")
                .append(camera)
                .append("]]></sn>\n<deviceName type=\"string\"><![CDATA[Camera ")
                .append(camera)
                .append("]]></deviceName>\n");
    }

    private static void face(StringBuilder xml, long sequence, String scene, String crop) {
        xml.append("<sourceDataInfo>\n<dataType type=\"uint32\">0</dataType>\n<sourceBase64Length type=\"uint32\">")
                .append(scene.length())
                .append("</sourceBase64Length>\n<sourceBase64Data type=\"string\"><![CDATA[")
                .append(scene)
                .append("]]></sourceBase64Data>\n</sourceDataInfo>\n<listInfo type=\"list\" count=\"1\">\n<item>\n")
                .append("<targetId type=\"uint32\">")
                .append(sequence)
                .append("</targetId>\n<leftTop><x type=\"uint32\">320</x><y type=\"uint32\">135</y></leftTop>\n")
                .append("<age type=\"uint32\">")
                .append(20 + sequence % 50)
                .append("</age>\n<sex type=\"sexType\">")
                .append(sequence % 2 == 0 ? "male" : "female")
                .append("</sex>\n<glasses type=\"uint32\">0</glasses>\n");
        target(xml, crop).append("</item>\n</listInfo>\n");
    }

    private static void vehicle(StringBuilder xml, long sequence, String scene, String crop) {
        xml.append("<jpegItemCount type=\"tint32\">2</jpegItemCount>\n<plateCount type=\"tint32\">1</plateCount>\n")
                .append("<listInfo type=\"list\" count=\"2\">\n<item>\n<image type=\"tuint32\">0</image>\n")
                .append("<plateNumber type=\"string\"><![CDATA[]]></plateNumber>\n");
        target(xml, scene)
                .append("</item>\n<item>\n<image type=\"tuint32\">1</image>\n<plateNumber type=\"string\"><![CDATA[SIM")
                .append(sequence % 10_000)
                .append("]]></plateNumber>\n<vehicleDirect type=\"vehicleDirectType\">approach</vehicleDirect>\n");
        target(xml, crop).append("</item>\n</listInfo>\n");
    }

    private static StringBuilder target(StringBuilder xml, String base64) {
        return xml.append("<targetImageData>\n<dataType type=\"uint32\">0</dataType>\n")
                .append("<targetBase64Length type=\"uint32\">")
                .append(base64.length())
                .append("</targetBase64Length>\n<targetBase64Data type=\"string\"><![CDATA[")
                .append(base64)
                .append("]]></targetBase64Data>\n</targetImageData>\n");
    }

    private static String base64(byte[] image, boolean bad) {
        String text = Base64.getEncoder().encodeToString(image);
        int middle = text.length() / 2;
        return bad ? text.substring(0, middle) + NOT_BASE64 + text.substring(middle + NOT_BASE64.length()) : text;
    }

    /** Returns the event with an end tag that does not match. */
    static String mismatched(String xml) {
        String tag = "</targetImageData>";
        int at = xml.lastIndexOf(tag);
        return xml.substring(0, at) + "</targetImageDat>" + xml.substring(at + tag.length());
    }
}
