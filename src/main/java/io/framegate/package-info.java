/**
 * The command line: starts the gateway from {@code application.properties} and {@code routes/}.
 */
@NullMarked
package io.framegate;

import org.jspecify.annotations.NullMarked;
