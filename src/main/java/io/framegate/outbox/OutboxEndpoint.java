package io.framegate.outbox;

import java.nio.file.Path;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** What waits for one target, and how it is read. */
public final class OutboxEndpoint extends DefaultEndpoint {

    private final Outbox outbox;
    private final String target;
    private int concurrency = 2;
    private Path images = Path.of("images");

    OutboxEndpoint(String uri, Component component, Outbox outbox, String target) {
        super(uri, component);
        this.outbox = outbox;
        this.target = target;
    }

    /** How many images are on their way to the target at a time, of different cameras. */
    public void setConcurrency(int concurrency) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency: " + concurrency + " (expected: >= 1)");
        }
        this.concurrency = concurrency;
    }

    /** The images directory. */
    public void setImages(String images) {
        this.images = Path.of(images);
    }

    String target() {
        return target;
    }

    int concurrency() {
        return concurrency;
    }

    Path images() {
        return images;
    }

    TargetState state() {
        return outbox.state(target);
    }

    ClaimLog log() {
        return outbox.log(target);
    }

    SetAside setAside() {
        return outbox.setAside(target);
    }

    @Override
    public boolean isSingleton() {
        return true;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        OutboxConsumer consumer = new OutboxConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("outbox: can only be read from (expected: from, not to)");
    }
}
