package io.framegate.watch.wall;

import io.framegate.intake.FramegateHeaders;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Puts a stored image, or an event without images, on the wall. Costs a few map look-ups. Thread-safe. */
public final class WallProcessor implements Processor {

    private final Wall wall;

    public WallProcessor(Wall wall) {
        this.wall = wall;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        boolean stored = message.getHeader(FramegateHeaders.STORED_PATH) != null;
        if (!stored && message.getHeader(FramegateHeaders.IMAGE_COUNT, 0, Integer.class) > 0) {
            return; // Each of its images is put on the wall when it is stored.
        }
        String id = text(message, FramegateHeaders.CAMERA_NAME);
        if (id == null) {
            return;
        }
        String received = text(message, FramegateHeaders.RECEIVED_AT);
        String device = text(message, FramegateHeaders.DEVICE_NAME);
        CameraIdentity identity = new CameraIdentity(
                device != null && !device.isBlank() ? device : named(message, id),
                text(message, FramegateHeaders.MAC_ADDRESS),
                text(message, FramegateHeaders.PEER_HOST),
                device);
        wall.add(
                id,
                identity,
                received == null ? Instant.now() : Instant.parse(received),
                String.valueOf(message.getHeader(FramegateHeaders.EVENT_TYPE)),
                message.getHeader(FramegateHeaders.ATTRIBUTES, Map.of(), Map.class),
                message.getHeader(FramegateHeaders.LATENCY, Long.class),
                stored ? WallImage.of(message) : null);
    }

    private static String named(Message message, String id) {
        String camera = text(message, FramegateHeaders.CAMERA_ID);
        return camera == null ? id : camera;
    }

    private static @Nullable String text(Message message, String header) {
        Object value = message.getHeader(header);
        return value == null ? null : value.toString();
    }
}
