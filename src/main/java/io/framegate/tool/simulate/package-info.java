/**
 * Many cameras against any gateway, and the account of every image they sent.
 *
 * <p>{@link io.framegate.tool.simulate.SimulateCommand} is the command. Each camera lives on one event loop and has one connection; what
 * it sent is in a ledger by hash, and a directory is checked against the ledger.
 */
@NullMarked
package io.framegate.tool.simulate;

import org.jspecify.annotations.NullMarked;
