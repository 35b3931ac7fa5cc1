package io.framegate.it.support;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Cameras that send as fast as they are let, each on a thread of its own, until they are stopped or the gateway is
 * gone. What they have begun to send is written down first, what is accepted afterwards.
 */
public final class Senders {

    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> whole = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<Camera> cameras = new ArrayList<>();
    private ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean stopped;

    /** One camera that posts packets with images of this size and waits for each answer. */
    public void post(int port, int number, int imageSize) {
        Camera camera = connect(port);
        threads.submit(() -> {
            try {
                while (!stopped) {
                    CameraPacket packet = CameraPacket.scene(number, imageSize);
                    begun.addAll(packet.hashes());
                    int status = camera.post(packet.xml()).status();
                    if (status == 200) {
                        accepted.addAll(packet.hashes());
                    } else {
                        refused.incrementAndGet();
                    }
                }
            } catch (UncheckedIOException gone) {
                // Not answered, so nothing was promised.
            } finally {
                camera.close();
            }
        });
    }

    /** One camera that sends without ever waiting. */
    public void stream(int port, int number, int imageSize) {
        Camera camera = connect(port);
        threads.submit(() -> {
            try {
                while (!stopped) {
                    CameraPacket packet = CameraPacket.scene(number, imageSize);
                    begun.addAll(packet.hashes());
                    camera.send(packet.xml());
                    whole.addAll(packet.hashes());
                }
            } catch (UncheckedIOException gone) {
                // Nobody said that anything arrived.
            }
        });
    }

    private Camera connect(int port) {
        Camera camera = Camera.connect(port);
        synchronized (cameras) {
            cameras.add(camera);
        }
        return camera;
    }

    /** Lets every camera finish its packet, then disconnects. */
    public void stop() {
        stopped = true;
        await();
        close();
    }

    /** Waits until all cameras have noticed that the gateway is gone. */
    public void await() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("cameras still sending");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Disconnects; new cameras may follow. */
    public void close() {
        synchronized (cameras) {
            cameras.forEach(Camera::close);
            cameras.clear();
        }
        threads.shutdownNow();
        threads = Executors.newCachedThreadPool();
        stopped = false;
    }

    /** Hashes of all images of which at least a byte may have been sent. */
    public Set<String> begun() {
        return begun;
    }

    /** Hashes of all images that the gateway has said it has. */
    public Set<String> accepted() {
        return accepted;
    }

    /** Hashes of all images that went whole into a connection without answers. */
    public Set<String> whole() {
        return whole;
    }

    /** How many packets were answered, but not with success. */
    public int refused() {
        return refused.get();
    }
}
