package io.framegate.wire.http;

import io.framegate.event.PacketImage;
import io.framegate.event.Role;
import io.framegate.wire.Base64Text;
import io.framegate.wire.Hash;
import io.framegate.wire.Padding;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One part of a multipart body: what it is, and what its sender calls it. Names differ with every firmware, so words in them
 * count:
 *
 * <pre>
 * background, scene                    SCENE      backgroundImage
 * plate, vehicle                       PLATE      licensePlatePicture.jpg, vehiclePicture
 * face                                 FACE       faceImage
 * detection                            SCENE      detectionPicture.jpg: the whole picture a plate was found in
 * target, human, body, pedestrian      TARGET     targetPicture
 * snapshotPicture, albumPicture        SNAPSHOT, ALBUM: whole words, because "snapshot" is what anybody calls a picture
 * </pre>
 *
 * <p>Immutable by convention.
 *
 * @param header the part's header lines
 * @param bytes its data, with the transfer encoding undone
 * @param encodedLength its length as it was sent
 * @param damage why the transfer encoding could not be undone, or null
 */
record MultipartPart(String header, byte[] bytes, int encodedLength, @Nullable String damage) {

    private static final Pattern BASE64 = Pattern.compile("(?im)^content-transfer-encoding:\\s*base64\\b");
    private static final Pattern PICTURE = Pattern.compile("(?im)^content-type:\\s*image/");
    private static final Pattern STREAM = Pattern.compile("(?im)^content-type:\\s*application/octet-stream");
    private static final Pattern NAME =
            Pattern.compile("(?im)(?:name\\*?\\s*=\\s*\"?|^content-(?:id|location|description):)([^\";\r\n]*)");

    /** The part of these bytes. */
    static MultipartPart of(String header, byte[] sent) {
        if (!BASE64.matcher(header).find()) {
            return new MultipartPart(header, sent, sent.length, null);
        }
        Base64Text text = new Base64Text(Hash.newSha256());
        text.append(sent, 0, sent.length);
        text.end();
        return new MultipartPart(header, text.bytes(), sent.length, text.damage());
    }

    boolean isEmpty() {
        for (byte b : bytes) {
            if (!Padding.isWhiteSpace(b)) {
                return false;
            }
        }
        return true;
    }

    /** What it is; a damaged one, and one that is called a picture and looks like nothing else, is a picture. */
    BodyKind kind() {
        boolean picture = PICTURE.matcher(header).find();
        if (damage != null) {
            return picture ? BodyKind.PICTURE : BodyKind.OTHER;
        }
        BodyKind kind = BodyKind.of(bytes, picture || STREAM.matcher(header).find());
        return kind == BodyKind.OTHER && picture ? BodyKind.PICTURE : kind;
    }

    PacketImage image() {
        return new PacketImage(bytes, Hash.sha256(bytes), encodedLength, PacketImage.BESIDE, damage, role());
    }

    private @Nullable Role role() {
        StringBuilder names = new StringBuilder();
        for (Matcher name = NAME.matcher(header); name.find(); ) {
            names.append(name.group(1)).append('\n');
        }
        String all = names.toString().toLowerCase(Locale.ROOT);
        if (all.contains("background") || all.contains("scene")) {
            return Role.SCENE;
        }
        if (all.contains("plate") || all.contains("vehicle")) {
            return Role.PLATE;
        }
        if (all.contains("face")) {
            return Role.FACE;
        }
        if (all.contains("detection")) {
            return Role.SCENE;
        }
        if (all.contains("snapshotpicture")) {
            return Role.SNAPSHOT;
        }
        if (all.contains("albumpicture")) {
            return Role.ALBUM;
        }
        boolean target = all.contains("target") || all.contains("human") || all.contains("body");
        return target || all.contains("pedestrian") ? Role.TARGET : null;
    }

    /**
     * Whether data that no boundary ends is at its own end: firmware forgets the last boundary, and a camera that was switched
     * off does not send it.
     */
    boolean isWhole() {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0) {
            end--;
        }
        return switch (kind()) {
            case XML -> endsWith(end, '>');
            case JSON -> endsWith(end, '}');
            case PICTURE -> isWholePicture(end);
            case MULTIPART, OTHER -> false;
        };
    }

    /** The last bytes of JPEG, PNG and GIF; others have none of their own. */
    private boolean isWholePicture(int end) {
        return endsWith(end, 0xFF, 0xD9) || endsWith(end, 0xAE, 0x42, 0x60, 0x82) || endsWith(end, 0, ';');
    }

    private boolean endsWith(int end, int... last) {
        if (end < last.length) {
            return false;
        }
        for (int i = 0; i < last.length; i++) {
            if ((bytes[end - last.length + i] & 0xFF) != last[i]) {
                return false;
            }
        }
        return true;
    }
}
