/**
 * Cuts JPEGs that follow each other back to back.
 */
@NullMarked
package io.framegate.wire.jpeg;

import org.jspecify.annotations.NullMarked;
