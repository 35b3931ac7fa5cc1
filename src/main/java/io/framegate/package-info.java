/**
 * The command line and the process of the gateway: reads properties and routes, and starts, checks or stops
 * Camel Main with the parts of {@code io.framegate.context}.
 */
@NullMarked
package io.framegate;

import org.jspecify.annotations.NullMarked;
