/**
 * Keeps rejected packets and images, with the reason, within a limit of bytes.
 */
@NullMarked
package io.framegate.store.quarantine;

import org.jspecify.annotations.NullMarked;
