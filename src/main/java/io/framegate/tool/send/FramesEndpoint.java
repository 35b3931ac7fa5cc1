package io.framegate.tool.send;

import java.io.IOException;
import java.time.Duration;
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

/** Reads a webcam, a video, an image, a folder of images or a stream, frame by frame. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "frames",
        title = "Frames",
        syntax = "frames:source",
        consumerOnly = true,
        category = Category.FILE)
public final class FramesEndpoint extends DefaultEndpoint {

    @UriPath(
            description =
                    "A webcam (webcam:0, /dev/video0), a video, an image, a folder of images, a URL that FFmpeg reads,"
                            + " or lavfi: and an FFmpeg filter. A source with a question mark is given as the option"
                            + " source.")
    @Metadata(required = true)
    private String source = "";

    @UriParam(defaultValue = "480x315", description = "The size of all frames, such as 480x315, or original.")
    private String size = "480x315";

    @UriParam(defaultValue = "90", description = "The quality of JPEG images, from 1 to 100.")
    private int quality = 90;

    @UriParam(
            javaType = "java.time.Duration",
            description = "The time from frame to frame. The default depends on the source.")
    private @Nullable Duration interval;

    @UriParam(defaultValue = "false", description = "Begins again at the end of the source.")
    private boolean loop;

    @UriParam(
            description =
                    "The number of frames after which the source ends, also with loop. The default is all of them.")
    private @Nullable Integer count;

    @UriParam(description = "The id of the camera that the frames come from.")
    private @Nullable String cameraId;

    @UriParam(label = "advanced", description = "Counts the frames, and is told when there are no more.")
    private SendReport report = new SendReport();

    FramesEndpoint(String uri, Component component) {
        super(uri, component);
    }

    public String getSource() {
        return source;
    }

    public void setSource(String source) {
        this.source = source;
    }

    public String getSize() {
        return size;
    }

    public void setSize(String size) {
        FrameSize.of(size);
        this.size = size;
    }

    public int getQuality() {
        return quality;
    }

    public void setQuality(int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality: " + quality + " (expected: 1 to 100)");
        }
        this.quality = quality;
    }

    /** The interval that is set, or null if it depends on the source. */
    public @Nullable Duration getInterval() {
        return interval;
    }

    public void setInterval(Duration interval) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("interval: " + interval + " (expected: >= 0)");
        }
        this.interval = interval;
    }

    public boolean isLoop() {
        return loop;
    }

    public void setLoop(boolean loop) {
        this.loop = loop;
    }

    /** The number of frames after which the source ends, or null for all of them. */
    public @Nullable Integer getCount() {
        return count;
    }

    public void setCount(Integer count) {
        if (count < 1) {
            throw new IllegalArgumentException("count: " + count + " (expected: >= 1)");
        }
        this.count = count;
    }

    public @Nullable String getCameraId() {
        return cameraId;
    }

    public void setCameraId(String cameraId) {
        this.cameraId = cameraId;
    }

    public SendReport getReport() {
        return report;
    }

    public void setReport(SendReport report) {
        this.report = report;
    }

    /** Returns the number of frames from a source of this length. Both are -1 if unknown. */
    long expected(long length) {
        long known = loop ? -1 : length;
        return count == null || (known >= 0 && known < count) ? known : count;
    }

    PictureSource open() throws IOException {
        return SourceKind.open(source, FrameSize.of(size), quality);
    }

    Duration interval() {
        return interval == null ? SourceKind.of(source).interval() : interval;
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
