/**
 * Cuts documents from a stream and takes the base64 pictures out of them, wherever they stand in a text.
 *
 * <pre>
 * DocumentCutter   finds where a document begins, by the {@link DocumentBeginning} of each language
 * DocumentReader   reads one document of a language up to its {@link DocumentEnd}
 * PictureText      the rule by which a text begins as a picture
 * PacketDraft      the packet that is being cut: its document, and its images so far
 * PictureRun       the pictures in one text, of which there may be several
 * PictureEnds      the same for decoded bytes
 * TextPictures     a text that is nothing but pictures
 * </pre>
 */
@NullMarked
package io.framegate.wire.embedded;

import org.jspecify.annotations.NullMarked;
