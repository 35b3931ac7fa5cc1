package io.framegate.outbox;

import java.util.Set;
import org.apache.camel.CamelContext;

/** A step that adds claims to the outbox. The routes page shows the targets. */
public interface ClaimsFor {

    /** The targets that the step may add claims for. */
    Set<String> targets(CamelContext context);
}
