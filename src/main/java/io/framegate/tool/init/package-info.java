/** Writes the files inside the jar that users edit, and compares them with edited files. */
@NullMarked
package io.framegate.tool.init;

import org.jspecify.annotations.NullMarked;
