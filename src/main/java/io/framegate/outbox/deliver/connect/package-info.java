/**
 * Tries to reach targets without delivering anything: {@code framegate check --connect}. Each kind of target has a
 * {@link io.framegate.outbox.deliver.connect.Trial} that uses the client of its route.
 * {@link io.framegate.outbox.deliver.PlainReason} describes a failure.
 */
@NullMarked
package io.framegate.outbox.deliver.connect;

import org.jspecify.annotations.NullMarked;
