/**
 * The command line, and the wiring of the parts that routes share: reads properties and routes, and starts, checks or
 * stops the gateway.
 */
@NullMarked
package io.framegate;

import org.jspecify.annotations.NullMarked;
