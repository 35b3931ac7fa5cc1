/**
 * Limits the bytes that all connections, and the connections of one peer, hold. Decides which connections read on and
 * which ones give way.
 *
 * <p>{@link io.framegate.intake.memory.MemoryBudget} is the entry point. It does not depend on channels.
 */
@NullMarked
package io.framegate.intake.memory;

import org.jspecify.annotations.NullMarked;
