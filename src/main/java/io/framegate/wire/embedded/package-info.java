/**
 * Cuts documents from a stream and takes the base64 pictures out of them, at any place in a text.
 *
 * <pre>
 * DocumentCutter   finds where a document begins, by the {@link DocumentBeginning} of each language
 * DocumentReader   reads one document of a language up to its {@link DocumentEnd}
 * PictureText      the rule that recognises a picture at the beginning of a text
 * PacketDraft      the packet that is being cut: its document, and its images so far
 * PictureRun       the pictures in one text: one or several
 * PictureEnds      the same for decoded bytes
 * TextPictures     a text that consists only of pictures
 * </pre>
 */
@NullMarked
package io.framegate.wire.embedded;

import org.jspecify.annotations.NullMarked;
