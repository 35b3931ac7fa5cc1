package io.framegate.outbox;

import io.framegate.outbox.deliver.DeliveryName;
import io.framegate.outbox.deliver.Payload;
import io.framegate.outbox.deliver.PlainReason;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** Reads the images and events that wait for a target. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "outbox",
        title = "Outbox",
        syntax = "outbox:target",
        consumerOnly = true,
        category = {Category.FILE, Category.MESSAGING})
public final class OutboxEndpoint extends DefaultEndpoint {

    private final Outbox outbox;
    private @Nullable DeliveryName deliveryName;
    private Payload sent = new Payload();

    @UriPath(
            description = "The target, as in framegate.deliver.s3.enabled."
                    + " Its properties are the defaults of the options below.")
    @Metadata(required = true)
    private final String target;

    @UriParam(
            defaultValue = "2",
            description = "How many images are delivered at the same time. Images of one camera keep their order.")
    private int concurrency = 2;

    @UriParam(
            defaultValue = "images",
            description = "The directory of the stored images. The default is framegate.images.directory.")
    private String images = "images";

    @UriParam(
            description = "Simple expression for the path at the target, made safe, for the header CamelFileName."
                    + " The header is not set if this is empty.")
    private String name = "";

    @UriParam(
            enums = "image,event",
            defaultValue = "image",
            description =
                    "image: the image's bytes. event: a JSON document with the image's metadata and its reference.")
    private String payload = "image";

    @UriParam(description = "The longest image that is sent as bytes, such as 1MB. There is no limit if this is empty.")
    private String maxSize = "";

    @UriParam(
            enums = "set-aside,reference",
            defaultValue = "set-aside",
            description = "What happens to a longer image. reference: its document is sent.")
    private String tooLarge = "set-aside";

    @UriParam(
            defaultValue = "false",
            description = "Sends the document of an image before the image, under the same name and .json.")
    private boolean sidecar;

    @UriParam(
            defaultValue = "${header.FramegateStoredPath}",
            description = "Simple expression for the reference in documents: where the reader finds the image."
                    + " The default is framegate.deliver.reference.")
    private String reference = Payload.STORED_PATH;

    OutboxEndpoint(String uri, Component component, Outbox outbox, String target) {
        super(uri, component);
        this.outbox = outbox;
        this.target = target;
    }

    public String getTarget() {
        return target;
    }

    public int getConcurrency() {
        return concurrency;
    }

    public void setConcurrency(int concurrency) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency: " + concurrency + " (expected: >= 1)");
        }
        this.concurrency = concurrency;
    }

    public String getImages() {
        return images;
    }

    public void setImages(String images) {
        this.images = images;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getPayload() {
        return payload;
    }

    public void setPayload(String payload) {
        this.payload = payload;
    }

    public String getMaxSize() {
        return maxSize;
    }

    public void setMaxSize(String maxSize) {
        this.maxSize = maxSize;
    }

    public String getTooLarge() {
        return tooLarge;
    }

    public void setTooLarge(String tooLarge) {
        this.tooLarge = tooLarge;
    }

    public boolean isSidecar() {
        return sidecar;
    }

    public void setSidecar(boolean sidecar) {
        this.sidecar = sidecar;
    }

    public String getReference() {
        return reference;
    }

    public void setReference(String reference) {
        this.reference = reference;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        sent = new Payload(payload, maxSize, tooLarge, sidecar, reference);
        deliveryName = name.isBlank() ? null : new DeliveryName(name);
    }

    StoredImages storedImages() {
        return new StoredImages(Path.of(images));
    }

    Payload sent() {
        return sent;
    }

    @Nullable
    DeliveryName deliveryName() {
        return deliveryName;
    }

    TargetState state() {
        return outbox.state(target);
    }

    /** Describes the reason of a failed delivery, in plain words if the target's client has none. */
    String reason(Throwable failure) {
        return PlainReason.of(failure, prefix(), this::property);
    }

    /** The value of {@code framegate.deliver.<target>.<name>}, or an empty text. */
    String property(String name) {
        return getCamelContext().resolvePropertyPlaceholders("{{" + prefix() + name + ":}}");
    }

    private String prefix() {
        return "framegate.deliver." + target + ".";
    }

    ClaimLog log() {
        return outbox.log(target);
    }

    SetAside setAside() {
        return outbox.setAside(target);
    }

    /** The target that must have everything first, or null. */
    @Nullable
    TargetBefore before() {
        String first = outbox.order().before(target);
        return first == null ? null : new TargetBefore(first, outbox.log(first), outbox.setAside(first), log().begun());
    }

    /** Ends the retry of a claim, if it is one. The caller marks the claim as done next. */
    void beforeDone(Claim claim) throws IOException {
        if (outbox.order().isAwaited(target)) {
            setAside().retriedDone(claim.name());
        }
    }

    void resumeSetAside() {
        outbox.resumeSetAside(target);
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
