package io.framegate.watch.wall;

import io.framegate.intake.FramegateHeaders;
import org.apache.camel.Message;

/**
 * Metadata of a stored image.
 *
 * @param path below the images directory
 * @param width in pixels; 0 if the size is unknown
 * @param height in pixels; 0 if the size is unknown
 * @param length in bytes
 * @param tag a hash of the bytes, for the ETag
 */
record WallImage(String path, String mediaType, String role, int width, int height, long length, String tag) {

    /** Reads the headers of a stored image. */
    static WallImage of(Message message) {
        return new WallImage(
                message.getHeader(FramegateHeaders.STORED_PATH, "", String.class),
                message.getHeader(FramegateHeaders.MEDIA_TYPE, "", String.class),
                message.getHeader(FramegateHeaders.ROLE, "", String.class),
                message.getHeader(FramegateHeaders.WIDTH, 0, Integer.class),
                message.getHeader(FramegateHeaders.HEIGHT, 0, Integer.class),
                message.getHeader(FramegateHeaders.LENGTH, 0, Integer.class),
                message.getHeader(FramegateHeaders.SHA256, "", String.class));
    }

    /** Whether it is a part of the scene: a face, a plate, a target. */
    boolean isCrop() {
        return !role.isEmpty() && !role.equals("scene") && !role.equals("snapshot") && !role.equals("album");
    }
}
