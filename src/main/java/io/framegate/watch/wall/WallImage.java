package io.framegate.watch.wall;

import io.framegate.intake.FramegateHeaders;
import java.util.Map;
import org.apache.camel.Message;

/**
 * Metadata of a stored image.
 *
 * @param path below the images directory
 * @param length in bytes
 * @param tag a hash of the bytes, for the ETag
 */
record WallImage(String path, String mediaType, String role, int width, int height, long length, String tag) {

    /** Reads the headers of a stored image. */
    static WallImage of(Message message) {
        Map<String, Object> headers = message.getHeaders();
        return new WallImage(
                text(headers, FramegateHeaders.STORED_PATH),
                text(headers, FramegateHeaders.MEDIA_TYPE),
                text(headers, FramegateHeaders.ROLE),
                number(headers, FramegateHeaders.WIDTH),
                number(headers, FramegateHeaders.HEIGHT),
                number(headers, FramegateHeaders.LENGTH),
                text(headers, FramegateHeaders.SHA256));
    }

    private static String text(Map<String, Object> headers, String name) {
        Object value = headers.get(name);
        return value == null ? "" : value.toString();
    }

    private static int number(Map<String, Object> headers, String name) {
        return headers.get(name) instanceof Number value ? value.intValue() : 0;
    }

    /** Whether it is a part of the scene: a face, a plate, a target. */
    boolean isCrop() {
        return !role.isEmpty() && !role.equals("scene") && !role.equals("snapshot") && !role.equals("album");
    }
}
