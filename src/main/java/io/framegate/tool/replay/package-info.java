/**
 * Sends what a gateway kept in its quarantine, or what somebody recorded, once more, and says what became of each file.
 *
 * <p>{@link io.framegate.tool.replay.ReplayCommand} is the command. What was kept of a packet is posted over HTTP, because that is
 * answered; a recording is sent as it is.
 */
@NullMarked
package io.framegate.tool.replay;

import org.jspecify.annotations.NullMarked;
