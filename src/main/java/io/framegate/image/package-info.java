/**
 * What a picture is: its format and size from its first bytes, its safe and unique file name, and its transformations.
 *
 * <p>A header is probed before anything is decoded, so that a small file cannot claim a huge bitmap.
 */
@NullMarked
package io.framegate.image;

import org.jspecify.annotations.NullMarked;
