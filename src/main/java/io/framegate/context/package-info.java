/**
 * The parts that the routes of a Camel context share. {@code FramegatePlugin} offers them to each context. They are
 * created from the context's properties and closed with the context. This package changes nothing else in an
 * application, and knows neither the command line nor Camel Main.
 */
@NullMarked
package io.framegate.context;

import org.jspecify.annotations.NullMarked;
