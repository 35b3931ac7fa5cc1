/** The page with the picture of the running routes: their steps, the counts of each step, and refused route files. */
@NullMarked
package io.framegate.watch.diagram;

import org.jspecify.annotations.NullMarked;
