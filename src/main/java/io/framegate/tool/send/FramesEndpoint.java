package io.framegate.tool.send;

import java.io.IOException;
import java.time.Duration;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** A source of frames, and the options for reading it. */
public final class FramesEndpoint extends DefaultEndpoint {

    private String source = "";
    private FrameSize size = FrameSize.of("480x315");
    private int quality = 90;
    private @Nullable Duration interval;
    private boolean loop;
    private @Nullable String cameraId;
    private SendReport report = new SendReport();

    FramesEndpoint(String uri, Component component) {
        super(uri, component);
    }

    /** Sets the source. */
    public void setSource(String source) {
        this.source = source;
    }

    /** Sets the size of every frame, {@code 480x315}, or {@code original}. */
    public void setSize(String size) {
        this.size = FrameSize.of(size);
    }

    /** Sets the quality of the JPEGs, 1 to 100. */
    public void setQuality(int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality: " + quality + " (expected: 1 to 100)");
        }
        this.quality = quality;
    }

    /** Sets the time from frame to frame. The default depends on the source. */
    public void setInterval(Duration interval) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("interval: " + interval + " (expected: >= 0)");
        }
        this.interval = interval;
    }

    /** Sets whether to begin again at the end. */
    public void setLoop(boolean loop) {
        this.loop = loop;
    }

    /** Sets the camera id of the frames. */
    public void setCameraId(String cameraId) {
        this.cameraId = cameraId;
    }

    /** Sets the report that counts the frames and learns of the end. */
    public void setReport(SendReport report) {
        this.report = report;
    }

    PictureSource open() throws IOException {
        return SourceKind.open(source, size, quality);
    }

    Duration interval() {
        return interval == null ? SourceKind.of(source).interval() : interval;
    }

    boolean isLoop() {
        return loop;
    }

    @Nullable
    String cameraId() {
        return cameraId;
    }

    SendReport report() {
        return report;
    }

    @Override
    public boolean isSingleton() {
        return true;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        FramesConsumer consumer = new FramesConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("frames: can only be read from (expected: from, not to)");
    }
}
