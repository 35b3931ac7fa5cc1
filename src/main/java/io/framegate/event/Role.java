package io.framegate.event;

import java.util.Locale;

/** The role of an image in an event: the whole scene, a face, a plate, ... */
public enum Role {
    /** The whole scene. */
    SCENE,
    /** A face cut from the scene. */
    FACE,
    /** A licence plate, or the vehicle with it, cut from the scene. */
    PLATE,
    /** Any other object cut from the scene. */
    TARGET,
    /** The face in an event that compares it with an album. */
    SNAPSHOT,
    /** The picture of a known face in the album. */
    ALBUM;

    /** The role in lower case, as in headers and file names. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
