/**
 * The HTTP server that the wall, metrics and health share: login, limits and TLS, the files that the pages share, and
 * the OpenAPI document. Does not depend on the other pages.
 */
@NullMarked
package io.framegate.watch.web;

import org.jspecify.annotations.NullMarked;
