package io.framegate.wire.embedded;

/** The end of a document. */
public enum DocumentEnd {
    /** It has not ended yet. */
    NONE,
    /** Its last byte was read. */
    WHOLE,
    /** The next packet begins inside this one, because the end of this one was lost. */
    NEXT_PACKET,
    /** A limit was exceeded. */
    TOO_LONG,
    /** The bytes looked like the beginning of a packet, but are not a packet. */
    NO_PACKET
}
