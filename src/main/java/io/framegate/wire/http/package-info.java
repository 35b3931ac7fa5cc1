/**
 * Reads the HTTP requests of cameras, with bodies of XML, JSON, one picture or several parts, and writes the responses.
 */
@NullMarked
package io.framegate.wire.http;

import org.jspecify.annotations.NullMarked;
