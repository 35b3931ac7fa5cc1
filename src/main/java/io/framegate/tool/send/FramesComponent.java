package io.framegate.tool.send;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/**
 * Reads pictures frame by frame: {@code from: frames:videos/gate.mp4?size=480x315&interval=40ms}. Each exchange's body
 * is an {@link io.framegate.wire.Frame}, and the next one comes when the route has finished.
 *
 * <p>The source is a webcam ({@code webcam:0}, {@code /dev/video0}), a video, an image, a folder of images, a URL that
 * FFmpeg reads, or {@code lavfi:} and a filter of FFmpeg. A source that contains a question mark is an option instead:
 * {@code frames:stream?source=RAW(rtsp://192.0.2.7/live?channel=1)}.
 */
@Component("frames")
public final class FramesComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        FramesEndpoint endpoint = new FramesEndpoint(uri, this);
        endpoint.setSource(remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
