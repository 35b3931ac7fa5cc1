package io.framegate.wire.http;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.Received;
import io.framegate.wire.Hash;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.PictureStart;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the {@link HttpBody} for a request: by the path for old firmware, otherwise by the first bytes of the body,
 * and by its {@code Content-Type} if these decide nothing. One instance per channel.
 *
 * <pre>
 * /SendAlarmData/SourcePicture                     a picture of an earlier event
 * the beginning of a {@linkplain PictureStart picture}  a picture
 * '&lt;'                                              XML packets
 * '{', '['                                         JSON documents
 * '--', or other bytes that are called multipart   parts
 * any bytes of type multipart with a boundary      parts, the first without its boundary
 * other bytes: {@link HttpTextBody}                    pictures in base64, a form, or rejected whole
 * </pre>
 */
final class HttpBodies {

    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary\\s*=\\s*(?:\"([^\"]*)\"|([^;]*))");

    private final PacketLimits limits;
    private final LegacyPictures pictures;
    private final Consumer<Received> out;

    private String peer = "";
    private @Nullable String currentTime;

    HttpBodies(PacketLimits limits, LegacyPictures pictures, Consumer<Received> out) {
        this.limits = limits;
        this.pictures = pictures;
        this.out = out;
    }

    /** Begins the body of the next request, which comes from this host. */
    HttpBody begin(HttpRequest request, String host) {
        peer = host;
        currentTime = request.headers().get("CurrentTime");
        String time = currentTime;
        String path = request.uri().split("\\?", 2)[0];
        if (LegacyPictures.isPicture(path)) {
            return new HttpWholeBody(
                    "picture",
                    limits.maxPacketLength(),
                    true,
                    bytes -> List.of(joined(bytes, pictures.join(peer, time, path))),
                    out);
        }
        String declared = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        String type = declared.strip().toLowerCase(Locale.ROOT);
        boolean picture = type.startsWith("image/") || type.startsWith("application/octet-stream");
        return new HttpGuessedBody(picture, kind -> body(kind, declared, type.startsWith("multipart/")));
    }

    private HttpBody body(BodyKind kind, String type, boolean calledMultipart) {
        String boundary = calledMultipart ? boundary(type) : "";
        if (!boundary.isEmpty()) {
            return new HttpMultipartBody(limits, kind, boundary, out);
        }
        return switch (kind) {
            case XML -> HttpCutBody.xml(limits, this::handOnXml);
            case JSON -> HttpCutBody.json(limits, out);
            case PICTURE ->
                new HttpWholeBody("picture", limits.maxPacketLength(), false, bytes -> List.of(picture(bytes)), out);
            case MULTIPART -> new HttpMultipartBody(limits, kind, boundary(type), out);
            case OTHER ->
                calledMultipart
                        ? new HttpMultipartBody(limits, kind, "", out)
                        : new HttpTextBody(limits, HttpFormBody.isForm(type), () -> unknown(mediaType(type)), out);
        };
    }

    private HttpBody unknown(String type) {
        return new HttpWholeBody(
                "body",
                limits.maxPacketLength(),
                true,
                bytes -> UnknownBytes.read(type, bytes, limits),
                this::handOnXml);
    }

    private static Packet joined(byte[] bytes, LegacyPictures.Joined event) {
        String sha256 = Hash.sha256(bytes);
        PacketImage image = new PacketImage(bytes, sha256, bytes.length, event.position(), null);
        return new Packet(HttpCameraDecoder.FORMAT, event.document(), List.of(image), sha256, bytes.length);
    }

    private static Packet picture(byte[] bytes) {
        byte[] picture = BodyKind.withoutPadding(bytes, true);
        PacketImage image = new PacketImage(picture, Hash.sha256(picture), bytes.length, 0, null);
        String sha256 = picture == bytes ? image.sha256() : Hash.sha256(bytes);
        return new Packet(HttpCameraDecoder.FORMAT, new byte[0], List.of(image), sha256, bytes.length);
    }

    private void handOnXml(Received received) {
        if (received instanceof Packet packet && packet.images().isEmpty()) {
            pictures.remember(peer, currentTime, packet.document());
        }
        out.accept(received);
    }

    private static String mediaType(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** The boundary of a {@code Content-Type}, or an empty text. */
    static String boundary(String contentType) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            return "";
        }
        String quoted = boundary.group(1);
        return (quoted != null ? quoted : boundary.group(2)).strip();
    }
}
