package io.framegate.attack;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Posts a picture of 30 KB every 200 ms, from a separate address, and records the time to each answer. */
final class GoodCamera implements AutoCloseable {

    private static final int PICTURE = 30_000;
    private static final long INTERVAL_MILLIS = 200;

    private final int port;
    private final boolean kept;
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private @Nullable Camera connection;

    /**
     * One post.
     *
     * @param begun as {@link System#nanoTime} says it
     * @param status 0 if the gateway refused or closed the connection, or did not answer in 20 s
     */
    record Post(long begun, long nanos, int status) {}

    /** Starts to post; on one connection, or on a new one for each post. */
    GoodCamera(int port, boolean kept) {
        this.port = port;
        this.kept = kept;
        thread.scheduleWithFixedDelay(this::post, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void post() {
        byte[] packet = CameraPacket.scene(1, PICTURE).xml();
        long begun = System.nanoTime();
        int status = 0;
        try {
            Camera camera = connection == null ? Camera.connect(port) : connection;
            connection = camera;
            status = camera.post(packet).status();
        } catch (UncheckedIOException gone) {
            // Status 0.
        }
        posts.add(new Post(begun, System.nanoTime() - begun, status));
        if (!kept || status == 0) {
            disconnect();
        }
    }

    private void disconnect() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    int count() {
        return posts.size();
    }

    /** Posts that were begun in this time, in the order of their lengths. */
    List<Post> between(long from, long to) {
        return posts.stream()
                .filter(post -> post.begun() - from >= 0 && post.begun() - to < 0)
                .sorted((a, b) -> Long.compare(a.nanos(), b.nanos()))
                .toList();
    }

    /** Waits for the last answer, then disconnects. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disconnect();
    }
}
