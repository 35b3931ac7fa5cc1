/**
 * The bytes that connections hold: what all of them, and those of a peer, may hold together, who may read on, and who
 * gives way.
 *
 * <p>{@link io.framegate.intake.memory.MemoryBudget} is the entrance. It knows nothing of channels.
 */
@NullMarked
package io.framegate.intake.memory;

import org.jspecify.annotations.NullMarked;
