/**
 * Applications of others that depend on the jar: the projects in {@code src/it}, which the build compiles with their own
 * POMs, as processes.
 */
@NullMarked
package io.framegate.it.embed;

import org.jspecify.annotations.NullMarked;
