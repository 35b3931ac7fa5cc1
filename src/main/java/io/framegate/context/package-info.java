/**
 * The parts that the routes of a Camel context share: {@code FramegatePlugin} offers them to each context, from whose
 * properties they come to life, and with which they close. Nothing else of the application is touched, and nothing here
 * knows the command line or Camel Main.
 */
@NullMarked
package io.framegate.context;

import org.jspecify.annotations.NullMarked;
