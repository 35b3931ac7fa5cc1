/**
 * Reads HTTP requests of cameras: bodies of XML, JSON, one picture or many parts, and answers them.
 */
@NullMarked
package io.framegate.wire.http;

import org.jspecify.annotations.NullMarked;
