/**
 * Stops reading from cameras while the disk is nearly full, so that no image is lost, and deletes old images, so that
 * the disk does not become full.
 */
@NullMarked
package io.framegate.store.disk;

import org.jspecify.annotations.NullMarked;
