/**
 * When what was written is forced to disk, so that a power cut does not take it: never, at most an interval later, or before it
 * counts. Forces are shared by those who wait for the same file or directory.
 */
@NullMarked
package io.framegate.store.durable;

import org.jspecify.annotations.NullMarked;
