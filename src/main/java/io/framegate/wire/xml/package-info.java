/**
 * Reads the XML packets of cameras and takes the base64 images out of them.
 *
 * <pre>
 * bytes
 *   |
 * DocumentCutter     finds where a packet begins (PacketBeginning); rejects bytes between packets as Junk
 *   |
 * XmlPacketReader    reads one packet up to its {@link DocumentEnd}, enforces the limits, and passes bytes to one of
 *   |-- XmlMarkup      byte by byte: tags, comments, CDATA, document types; XmlRoot decides if a tag ends the packet
 *   |-- XmlImageText   in whole pieces: the text of an image, up to the next markup
 *   |
 * PacketDraft        document + images (Base64Text) + hash = Packet or RejectedPacket
 * </pre>
 *
 * <p>Two ends return bytes to the cutter. {@link DocumentEnd#NEXT_PACKET}: the reader removes the beginning of the next
 * packet from its draft, and the cutter reads these bytes again. {@link DocumentEnd#NO_PACKET}: the cutter reports all
 * bytes of the draft as junk.
 */
@NullMarked
package io.framegate.wire.xml;

import io.framegate.wire.embedded.DocumentEnd;
import org.jspecify.annotations.NullMarked;
