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
        String scene = base64(images.get(0), badBase64 == 0);
        String crop = base64(images.get(1), badBase64 == 1);
        return head(vehicle ? "VEHICE" : "VFD", camera, time)
                + (vehicle ? vehicle(sequence, scene, crop) : face(sequence, scene, crop))
                + "</config>\n";
    }

    private static String head(String type, int camera, Instant time) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n"
                + "<config version=\"1.7\" xmlns=\"http://www.ipc.com/ver10\">\n<types>\n<openAlramObj>"
                + "<enum>MOTION</enum><enum>SENSOR</enum><enum>PEA</enum><enum>VFD</enum><enum>VEHICE</enum>"
                + "</openAlramObj>\n<targetType><enum>person</enum><enum>car</enum></targetType>\n</types>\n"
                + "<smartType type=\"openAlramObj\">" + type + "</smartType>\n"
                + "<subscribeOption type=\"subscribeRelation\">FEATURE_RESULT</subscribeOption>\n"
                + "<currentTime type=\"tint64\">" + ChronoUnit.MICROS.between(Instant.EPOCH, time) + "</currentTime>\n"
                + "<mac type=\"string\"><![CDATA[" + mac(camera) + "]]></mac>\n"
                + "<sn type=\"string\"><![CDATA[SIM" + camera + "]]></sn>\n"
                + "<deviceName type=\"string\"><![CDATA[Camera " + camera + "]]></deviceName>\n";
    }

    private static String face(long sequence, String scene, String crop) {
        return "<sourceDataInfo>\n<dataType type=\"uint32\">0</dataType>\n"
                + "<sourceBase64Length type=\"uint32\">" + scene.length() + "</sourceBase64Length>\n"
                + "<sourceBase64Data type=\"string\"><![CDATA[" + scene + "]]></sourceBase64Data>\n</sourceDataInfo>\n"
                + "<listInfo type=\"list\" count=\"1\">\n<item>\n"
                + "<targetId type=\"uint32\">" + sequence + "</targetId>\n"
                + "<leftTop><x type=\"uint32\">320</x><y type=\"uint32\">135</y></leftTop>\n"
                + "<age type=\"uint32\">" + (20 + sequence % 50) + "</age>\n"
                + "<sex type=\"sexType\">" + (sequence % 2 == 0 ? "male" : "female") + "</sex>\n"
                + "<glasses type=\"uint32\">0</glasses>\n"
                + target(crop) + "</item>\n</listInfo>\n";
    }

    private static String vehicle(long sequence, String scene, String crop) {
        return "<jpegItemCount type=\"tint32\">2</jpegItemCount>\n<plateCount type=\"tint32\">1</plateCount>\n"
                + "<listInfo type=\"list\" count=\"2\">\n<item>\n<image type=\"tuint32\">0</image>\n"
                + "<plateNumber type=\"string\"><![CDATA[]]></plateNumber>\n" + target(scene) + "</item>\n"
                + "<item>\n<image type=\"tuint32\">1</image>\n"
                + "<plateNumber type=\"string\"><![CDATA[SIM" + sequence % 10_000 + "]]></plateNumber>\n"
                + "<vehicleDirect type=\"vehicleDirectType\">approach</vehicleDirect>\n"
                + target(crop) + "</item>\n</listInfo>\n";
    }

    private static String target(String base64) {
        return "<targetImageData>\n<dataType type=\"uint32\">0</dataType>\n"
                + "<targetBase64Length type=\"uint32\">" + base64.length() + "</targetBase64Length>\n"
                + "<targetBase64Data type=\"string\"><![CDATA[" + base64 + "]]></targetBase64Data>\n"
                + "</targetImageData>\n";
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
