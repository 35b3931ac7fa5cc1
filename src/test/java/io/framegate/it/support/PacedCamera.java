package io.framegate.it.support;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** A camera that posts an image in every interval, and connects again when the gateway was gone. No image twice. */
public final class PacedCamera implements AutoCloseable {

    private final IntSupplier port;
    private final String address;
    private final int number;
    private final int imageSize;
    private final List<String> begun = new ArrayList<>();
    private final List<String> accepted = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private @Nullable Camera connection;

    /** Starts to send from {@code 127.0.0.1}. */
    public PacedCamera(IntSupplier port, int number, int imageSize, Duration interval) {
        this(port, "127.0.0.1", number, imageSize, interval);
    }

    /** Starts to send from this address. */
    public PacedCamera(IntSupplier port, String address, int number, int imageSize, Duration interval) {
        this.port = port;
        this.address = address;
        this.number = number;
        this.imageSize = imageSize;
        thread.scheduleAtFixedRate(this::send, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void send() {
        byte[] image = Pictures.bareJpeg(imageSize);
        try {
            Camera to = connection == null ? Camera.connect(port.getAsInt(), address) : connection;
            connection = to;
            note(begun, image);
            if (to.post(CameraPacket.scene(number, image).xml()).status() == 200) {
                note(accepted, image);
            }
        } catch (UncheckedIOException gone) {
            if (connection != null) {
                connection.close();
                connection = null;
            }
        }
    }

    private synchronized void note(List<String> images, byte[] image) {
        images.add(Pictures.sha256(image));
    }

    /** Hashes of all images of which at least a byte may have been sent, in their order. */
    public synchronized List<String> begun() {
        return List.copyOf(begun);
    }

    /** Hashes of all images that the gateway has said it has, in their order. */
    public synchronized List<String> accepted() {
        return List.copyOf(accepted);
    }

    /** Waits for the last answer, then disconnects. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("camera still sending");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (connection != null) {
            connection.close();
        }
    }
}
