/**
 * The HTTP server that the wall, metrics and health share: who may ask, over what connection, and the document that describes all of it.
 * Knows nothing of what is served.
 */
@NullMarked
package io.framegate.watch.web;

import org.jspecify.annotations.NullMarked;
