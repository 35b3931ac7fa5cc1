package io.framegate.tool.simulate;

/** The fate of a sent image, as far as the camera knows it. */
enum ImageFate {
    /** It is not sent whole yet, or not answered yet. */
    BEGUN,
    /** It was sent whole in a format without answers. */
    SENT,
    /** The gateway answered that it is stored. */
    ANSWERED,
    /** The gateway refused it although it was valid. */
    REFUSED,
    /** It was made unreadable on purpose, or refused together with such an image. */
    DAMAGED,
    /** The camera cut it off on purpose. */
    CUT,
    /** The connection broke, so the camera cannot know. */
    LOST;

    /** Returns whether the gateway must have stored the image. Other images may be stored. */
    boolean mustBeStored() {
        return this == SENT || this == ANSWERED || this == REFUSED;
    }
}
