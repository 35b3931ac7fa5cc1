package io.framegate.tool.simulate;

/** What became of an image on the camera's side. */
enum ImageFate {
    /** Not all of it is on its way yet, or its answer has not come. */
    BEGUN,
    /** All of it went into a connection without answers. */
    SENT,
    /** The gateway said that it has it. */
    ANSWERED,
    /** The gateway would not take it, though nothing was wrong with it. */
    REFUSED,
    /** Made unreadable on purpose, or refused together with one that was. */
    DAMAGED,
    /** Cut off on purpose. */
    CUT,
    /** The connection broke, so nobody on this side can know. */
    LOST;

    /** Whether it must be stored; of others, stored or not is both right. */
    boolean mustBeStored() {
        return this == SENT || this == ANSWERED || this == REFUSED;
    }
}
