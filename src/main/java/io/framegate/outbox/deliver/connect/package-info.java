/**
 * Tries to reach targets without delivering anything: {@code framegate check --connect}. Each kind of target has a
 * {@link io.framegate.outbox.deliver.connect.Trial} that uses the client of its route. The words for a failure are
 * those of {@link io.framegate.outbox.deliver.PlainReason}.
 */
@NullMarked
package io.framegate.outbox.deliver.connect;

import org.jspecify.annotations.NullMarked;
