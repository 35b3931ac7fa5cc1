/**
 * Recognises the format and the size of pictures by their first bytes, and transforms pictures.
 *
 * <p>The header is checked before a picture is decoded, so that a small file cannot claim a huge bitmap.
 */
@NullMarked
package io.framegate.image;

import org.jspecify.annotations.NullMarked;
