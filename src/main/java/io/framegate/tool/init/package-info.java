/** The files inside the jar that users edit: writes them, and compares them with what was edited. */
@NullMarked
package io.framegate.tool.init;

import org.jspecify.annotations.NullMarked;
