/**
 * Cuts XML packets of cameras from a stream and takes the base64 images out of them on the way.
 */
@NullMarked
package io.framegate.wire.xml;

import org.jspecify.annotations.NullMarked;
