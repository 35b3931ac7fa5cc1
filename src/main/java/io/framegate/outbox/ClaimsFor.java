package io.framegate.outbox;

import java.util.Set;
import org.apache.camel.CamelContext;

/** A step that puts claims into the outbox; who shows the routes asks it where what it claims goes. */
public interface ClaimsFor {

    /** The targets it claims for, at least sometimes. */
    Set<String> targets(CamelContext context);
}
