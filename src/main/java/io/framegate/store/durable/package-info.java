/**
 * Forces written files to disk, so that they survive a power cut: never, within an interval, or before the camera's
 * answer. Threads that wait for the same file or directory share one force.
 */
@NullMarked
package io.framegate.store.durable;

import org.jspecify.annotations.NullMarked;
