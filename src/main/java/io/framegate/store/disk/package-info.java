/**
 * The disk: what is done while it is nearly full, so that no image is lost, and which images are deleted, so that it does not
 * become full.
 */
@NullMarked
package io.framegate.store.disk;

import org.jspecify.annotations.NullMarked;
