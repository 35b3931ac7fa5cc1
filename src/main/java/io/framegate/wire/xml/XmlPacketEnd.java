package io.framegate.wire.xml;

/** How an XML packet ended. */
enum XmlPacketEnd {
    /** It has not ended yet. */
    NONE,
    /** The root's end tag was read. */
    WHOLE,
    /** The next packet begins inside this one, because the end of this one was lost. */
    NEXT_PACKET,
    /** A limit was exceeded. Where the packet ends is unknown. */
    TOO_LONG,
    /** The bytes looked like the beginning of a packet, but are not a packet. */
    NO_PACKET
}
