/**
 * Workers: gateways that get their images from a broker instead of cameras. Reads the documents of images that other
 * gateways have delivered, finds the image that a document refers to, and verifies it. Used by
 * {@code routes/worker*.camel.yaml}. Nothing in a document chooses a host, a bucket or a directory.
 */
@NullMarked
package io.framegate.worker;

import org.jspecify.annotations.NullMarked;
