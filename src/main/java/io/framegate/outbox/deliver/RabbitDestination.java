package io.framegate.outbox.deliver;

import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of destinations at which RabbitMQ 3 accepts a message for which there is no queue, and drops it (3.10, AMQP
 * 1.0). For {@code name} and {@code /queue/name} it creates the queue. RabbitMQ 4 refuses such a message.
 */
public final class RabbitDestination {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");

    private static final Pattern LOSES = Pattern.compile("(queue:|topic:)?/(amq/queue|exchange|topic)/.*");

    private RabbitDestination() {}

    /** Warns if a target with this address and destination may lose images. Both may be empty. */
    public static void warn(String target, String url, String destination) {
        if (mayLose(url, destination)) {
            LOG.atWarn()
                    .addKeyValue("target", target)
                    .addKeyValue("destination", destination)
                    .log(
                            "RabbitMQ 3 loses messages for which there is no queue at this destination (expected: the name of a queue, or"
                                    + " /queue/name, for which it makes the queue; or RabbitMQ 4)");
        }
    }

    static boolean mayLose(String url, String destination) {
        return url.contains("amqp") && LOSES.matcher(destination).matches();
    }
}
