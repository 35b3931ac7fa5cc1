package io.framegate.store.quarantine;

import io.framegate.store.NotForcedException;
import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Has files of the quarantine forced to disk as {@code framegate.durability} says, if they are the only copy of an image that a camera
 * will not send again. What is answered as rejected is not: that would be a force for whatever anybody sends. Thread-safe.
 */
public final class QuarantineForce implements Processor {

    private final Durability durability;
    private Path directory = Path.of("quarantine");

    /** Forces as this durability says. */
    public QuarantineForce(Durability durability) {
        this.durability = durability;
    }

    /** Where the files are. */
    public void setDirectory(String directory) {
        this.directory = Path.of(directory);
    }

    @Override
    public void process(Exchange exchange) throws NotForcedException {
        try {
            for (Object kept : exchange.getMessage().getBody(List.class)) {
                if (kept instanceof QuarantineFile file && file.onlyCopy()) {
                    durability.written(directory, directory.resolve(file.name()));
                }
            }
        } catch (IOException e) {
            throw new NotForcedException(e);
        }
    }
}
