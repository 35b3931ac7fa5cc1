/**
 * Sends files of a quarantine, or recordings, to a gateway and reports the outcome of each.
 *
 * <p>{@link io.framegate.tool.replay.ReplayCommand} is the command. It posts files of a quarantine over HTTP, because
 * the gateway then answers, and sends recordings unchanged.
 */
@NullMarked
package io.framegate.tool.replay;

import org.jspecify.annotations.NullMarked;
