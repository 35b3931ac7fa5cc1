package io.framegate.watch.wall;

import io.framegate.intake.FramegateHeaders;
import io.framegate.intake.ReceiptTime;
import io.framegate.store.FileNames;
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
        String id = message.getHeader(FramegateHeaders.CAMERA_NAME, String.class);
        if (id == null) {
            return;
        }
        Instant received = ReceiptTime.of(exchange);
        String device = message.getHeader(FramegateHeaders.DEVICE_NAME, String.class);
        CameraIdentity identity = new CameraIdentity(
                title(message, id, device),
                message.getHeader(FramegateHeaders.MAC_ADDRESS, String.class),
                message.getHeader(FramegateHeaders.PEER_HOST, String.class),
                device);
        wall.add(
                id,
                identity,
                received == null ? Instant.now() : received,
                String.valueOf(message.getHeader(FramegateHeaders.EVENT_TYPE)),
                message.getHeader(FramegateHeaders.ATTRIBUTES, Map.of(), Map.class),
                message.getHeader(FramegateHeaders.LATENCY, Long.class),
                stored ? WallImage.of(message) : null);
    }

    /** The cameras of one recorder have one device name, so their channel is part of the title. */
    private static String title(Message message, String id, @Nullable String device) {
        String camera = message.getHeader(FramegateHeaders.CAMERA_ID, id, String.class);
        String channel = message.getHeader(FramegateHeaders.VIDEO_CHANNEL, "", String.class);
        String title = device != null && !device.isBlank() ? device : camera;
        return channel.isEmpty() || id.equals(FileNames.safe(camera)) ? title : title + " " + channel;
    }
}
