/**
 * Cuts JPEGs that follow each other without anything between them.
 */
@NullMarked
package io.framegate.wire.jpeg;

import org.jspecify.annotations.NullMarked;
