/** Extensions of the gateway from outside its jar: other jars, and secrets in files. */
@NullMarked
package io.framegate.extend;

import org.jspecify.annotations.NullMarked;
