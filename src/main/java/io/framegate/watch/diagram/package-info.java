/** The running routes as a picture, with what went through each of their steps. */
@NullMarked
package io.framegate.watch.diagram;

import org.jspecify.annotations.NullMarked;
