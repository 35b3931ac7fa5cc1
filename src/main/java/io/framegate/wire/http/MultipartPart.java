package io.framegate.wire.http;

import io.framegate.event.PacketImage;
import io.framegate.event.Role;
import io.framegate.event.RoleWords;
import io.framegate.wire.Base64Text;
import io.framegate.wire.Hash;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.Padding;
import io.framegate.wire.embedded.TextPictures;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One part of a multipart body: its kind, and the role that the {@linkplain RoleWords words} of its name give a
 * picture.
 *
 * <p>Immutable by convention.
 *
 * @param header the header lines
 * @param bytes the data, decoded from its transfer encoding
 * @param encodedLength the length of the data as sent
 * @param damage why the data could not be decoded, or null
 */
record MultipartPart(String header, byte[] bytes, int encodedLength, @Nullable String damage) {

    private static final Pattern BASE64 = Pattern.compile("(?im)^content-transfer-encoding:\\s*base64\\b");
    private static final Pattern PICTURE = Pattern.compile("(?im)^content-type:\\s*image/");
    private static final Pattern STREAM = Pattern.compile("(?im)^content-type:\\s*application/octet-stream");
    private static final Pattern NAME =
            Pattern.compile("(?im)(?:name\\*?\\s*=\\s*\"?|^content-(?:id|location|description):)([^\";\r\n]*)");

    /** Creates the part and decodes its data from base64 if the header says so. */
    static MultipartPart of(String header, byte[] sent) {
        if (!BASE64.matcher(header).find()) {
            return new MultipartPart(header, sent, sent.length, null);
        }
        Base64Text text = new Base64Text();
        text.append(sent, 0, sent.length);
        text.end();
        return new MultipartPart(header, text.takeBytes(), sent.length, text.damage());
    }

    boolean isEmpty() {
        for (byte b : bytes) {
            if (!Padding.isWhiteSpace(b)) {
                return false;
            }
        }
        return true;
    }

    /** The kind of the part. Data of no known kind, and damaged data, is a picture if the header calls it one. */
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

    /** The pictures of a part whose text is base64, as a form sends a canvas; empty if it is none. */
    List<PacketImage> imagesInText(PacketLimits limits) {
        return TextPictures.in(bytes, limits).stream()
                .map(image -> new PacketImage(
                        image.bytes(),
                        image.sha256(),
                        image.encodedLength(),
                        PacketImage.BESIDE,
                        image.damage(),
                        role()))
                .toList();
    }

    private @Nullable Role role() {
        StringBuilder names = new StringBuilder();
        for (Matcher name = NAME.matcher(header); name.find(); ) {
            names.append(name.group(1)).append('\n');
        }
        return RoleWords.role(names.toString());
    }

    /**
     * Whether the data ends as its kind does. This decides when no boundary follows, because some firmware forgets the
     * last boundary and a camera that is switched off cannot send it.
     */
    boolean isWhole() {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0) {
            end--;
        }
        return switch (kind()) {
            case XML -> endsWith(end, '>');
            case JSON -> endsWith(end, '}') || endsWith(end, ']');
            case PICTURE -> isWholePicture(end);
            case MULTIPART, OTHER -> false;
        };
    }

    /** Only JPEG, PNG and GIF have end markers. */
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
