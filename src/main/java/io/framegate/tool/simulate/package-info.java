/**
 * Simulates many cameras against any gateway, and checks that it stored every image.
 *
 * <p>{@link io.framegate.tool.simulate.SimulateCommand} is the command. Each camera has one event loop and one
 * connection. A ledger has the hash of every image, and the files in the images directory are compared with it.
 */
@NullMarked
package io.framegate.tool.simulate;

import org.jspecify.annotations.NullMarked;
