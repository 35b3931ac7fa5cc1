/**
 * Reads JSON documents with base64 pictures in them.
 *
 * <pre>
 * JsonFormat         recognises JSON on a bare socket
 * JsonBeginning      the beginning of a document
 * JsonPacketReader   reads it up to its end, and takes the pictures out of it
 * JsonStructure      the brackets and comments between its strings
 * JsonPictureText    the text of a picture; JsonEscape, an escape in a string
 * JsonLabel          a name in number signs before a document
 * </pre>
 */
@NullMarked
package io.framegate.wire.json;

import org.jspecify.annotations.NullMarked;
