/**
 * Places that images are delivered to, as real servers on this machine: {@link io.framegate.it.target.TargetServer} is
 * what a test needs of one. Servers whose libraries clash with Camel's run as processes of their own.
 */
@NullMarked
package io.framegate.it.target;

import org.jspecify.annotations.NullMarked;
