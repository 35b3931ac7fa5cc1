package io.framegate.wire.xml;

/** How an XML packet ended. */
enum XmlPacketEnd {
    /** Not yet. */
    NONE,
    /** With the end tag of its root. */
    WHOLE,
    /** The next packet begins inside it, because its end was lost. */
    NEXT_PACKET,
    /** A cap was exceeded; where it ends is not known. */
    TOO_LONG,
    /** What began like a packet is none. */
    NO_PACKET
}
