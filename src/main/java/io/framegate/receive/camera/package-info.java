/**
 * The component {@code camera:}, a listener in one line for routes outside of the gateway. It is camel-netty with the
 * pipeline of {@code io.framegate.intake}, and handles a packet as {@code routes/receive.camel.yaml} and
 * {@code routes/quarantine.camel.yaml} do. It is part of {@code receive}, because the body of its exchanges is an
 * event, and above {@code store}, because it keeps rejects.
 */
@NullMarked
package io.framegate.receive.camera;

import org.jspecify.annotations.NullMarked;
