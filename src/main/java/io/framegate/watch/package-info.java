/**
 * Everything that looks at the gateway and changes nothing: metrics and health.
 */
@NullMarked
package io.framegate.watch;

import org.jspecify.annotations.NullMarked;
