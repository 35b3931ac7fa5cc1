/**
 * How the gateway writes its log: format, limits for repeated lines, and failures as one line of text.
 */
@NullMarked
package io.framegate.log;

import org.jspecify.annotations.NullMarked;
