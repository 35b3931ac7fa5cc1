/**
 * Applications of others that depend on the jar, as processes: the projects in {@code src/it}, which the build compiles
 * with their own POMs.
 */
@NullMarked
package io.framegate.it.embed;

import org.jspecify.annotations.NullMarked;
