package io.framegate.wire.http;

import io.framegate.event.PacketImage;
import io.framegate.event.RejectedPacket;
import io.framegate.event.Role;
import io.framegate.event.RoleWords;
import io.framegate.wire.Base64Text;
import io.framegate.wire.Hash;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.Padding;
import io.framegate.wire.embedded.TextPictures;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
    private static final Pattern TYPE = Pattern.compile("(?im)^content-type:[ \\t]*([^\\s;]*)");
    private static final Pattern FILE = Pattern.compile("(?im)filename\\*?\\s*=");
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

    /** Whether the data is only padding, as senders write it between packets. */
    boolean isPadding() {
        for (byte b : bytes) {
            if (!Padding.isBetweenPackets(b)) {
                return false;
            }
        }
        return true;
    }

    /** The media type in lower case, or an empty text. */
    private String type() {
        Matcher type = TYPE.matcher(header);
        return type.find() ? type.group(1).toLowerCase(Locale.ROOT) : "";
    }

    boolean isCalledPicture() {
        return type().startsWith("image/");
    }

    /** The kind of the part. Damaged data is a picture if the header calls it one. */
    BodyKind kind() {
        if (damage != null) {
            return isCalledPicture() ? BodyKind.PICTURE : BodyKind.OTHER;
        }
        return BodyKind.of(bytes, isCalledPictureOrStream());
    }

    private boolean isCalledPictureOrStream() {
        return isCalledPicture() || type().startsWith("application/octet-stream");
    }

    /** Whether data of an unknown kind is the field of a form. */
    boolean isField() {
        return !FILE.matcher(header).find() && UnknownBytes.isField(type(), bytes);
    }

    /** Rejects data of an unknown kind; {@code what} names the part in the body. */
    RejectedPacket unknown(String what) {
        Matcher name = NAME.matcher(header);
        String named = name.find() ? " \"" + UnknownBytes.peerText(name.group(1)) + "\"" : "";
        return UnknownBytes.reject(what + named, type(), bytes);
    }

    PacketImage image() {
        byte[] image = damage == null ? BodyKind.withoutPadding(bytes, isCalledPictureOrStream()) : bytes;
        return new PacketImage(image, Hash.sha256(image), encodedLength, PacketImage.BESIDE, damage, role());
    }

    /** The pictures of a part whose text is base64, as a form sends a canvas; empty for any other part. */
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
     * Whether the data ends like its kind. This decides if no boundary follows: some firmware forgets the last
     * boundary, and a camera that is switched off cannot send it.
     */
    boolean isWhole() {
        DataEnd end = new DataEnd((from, to) -> Arrays.copyOfRange(bytes, from, to));
        end.begin(0);
        return end.isAt(bytes.length);
    }
}
