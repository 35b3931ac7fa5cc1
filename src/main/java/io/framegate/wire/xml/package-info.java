/**
 * Cuts the XML packets of cameras from a stream and takes the base64 images out of them on the way.
 *
 * <pre>
 * bytes
 *   |
 * XmlPacketCutter    finds where a packet begins; rejects bytes between packets as Junk
 *   |                and searches them for the next beginning with PacketBeginning
 * XmlPacketReader    reads one packet up to its {@link XmlPacketEnd}, enforces the limits, and passes bytes to one of
 *   |-- XmlMarkup      byte by byte: tags, comments, CDATA, document types; XmlRoot tells if a tag ends the packet
 *   |-- XmlImageText   in whole pieces: the text of an image, up to the next markup
 *   |
 * PacketDraft        document + images (Base64Text) + hash = Packet or RejectedPacket
 * </pre>
 *
 * <p>Two packet ends give bytes back. {@link XmlPacketEnd#NEXT_PACKET}: the reader removes the beginning of the next
 * packet from its draft, and the cutter reads these bytes again. {@link XmlPacketEnd#NO_PACKET}: the cutter reports all
 * bytes of the draft as junk.
 */
@NullMarked
package io.framegate.wire.xml;

import org.jspecify.annotations.NullMarked;
