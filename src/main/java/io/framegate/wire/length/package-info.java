/**
 * Cuts frames that begin with their length, in ASCII digits or in binary.
 */
@NullMarked
package io.framegate.wire.length;

import org.jspecify.annotations.NullMarked;
