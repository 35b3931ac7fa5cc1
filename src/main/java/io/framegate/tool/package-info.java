/**
 * The commands beside the gateway: {@code send}, {@code simulate} and {@code replay}.
 *
 * <p>They share the connection: {@link io.framegate.tool.FrameClient} opens it and reads the answers,
 * {@link io.framegate.tool.Connection} is for callers that wait, and {@link io.framegate.tool.TlsOptions} is for TLS.
 * Each command has a package below this one.
 */
@NullMarked
package io.framegate.tool;

import org.jspecify.annotations.NullMarked;
