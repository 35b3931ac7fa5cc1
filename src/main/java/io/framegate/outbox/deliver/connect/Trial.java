package io.framegate.outbox.deliver.connect;

import org.apache.camel.Endpoint;

/** Tries to reach a target of one kind with the client of its route. Leaves no message, image or file there. */
interface Trial {

    /**
     * Connects, logs in, and checks the destination of the images.
     *
     * @return the destination that exists: {@code bucket images}
     * @throws Exception as the client throws it, or a {@link NotReadyException} with a message for the operator
     */
    String attempt(Endpoint endpoint, TargetProperties properties) throws Exception;
}
