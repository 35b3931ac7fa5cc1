package io.framegate.outbox.deliver.connect;

import org.apache.camel.Endpoint;

/** Reaches a target of one kind with the client that its route has. Leaves no message, image or file there. */
interface Trial {

    /**
     * Connects, logs in, and looks for what images are delivered to.
     *
     * @return what is there: {@code bucket images}
     * @throws Exception as the client throws it, or a {@link NotReadyException} with the words for the operator
     */
    String attempt(Endpoint endpoint, TargetProperties properties) throws Exception;
}
