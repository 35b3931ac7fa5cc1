package io.framegate.tool.send;

import io.framegate.wire.Frame;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the source on a separate thread. A file waits for the route. For a live source, the newest frame waits for the
 * route, and replaced frames count as dropped.
 */
final class FramesConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(FramesConsumer.class);

    private final FramesEndpoint endpoint;
    private volatile CountDownLatch stop = new CountDownLatch(1);
    private @Nullable Thread thread;
    /** Only the reader thread uses this. */
    private long handedOn;

    FramesConsumer(FramesEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stop = new CountDownLatch(1);
        Thread reader = new Thread(this::run, "frames-reader");
        reader.setDaemon(true);
        reader.start();
        thread = reader;
    }

    @Override
    protected void doStop() throws Exception {
        stop.countDown();
        Thread reader = thread;
        if (reader != null) {
            reader.join(Duration.ofSeconds(5).toMillis());
        }
        super.doStop();
    }

    private void run() {
        try {
            handedOn = 0;
            long before;
            do {
                before = handedOn;
                try (PictureSource source = endpoint.open()) {
                    endpoint.getReport().opened(endpoint.expected(source.length()));
                    if (source.isLive()) {
                        readLive(source);
                    } else {
                        read(source);
                    }
                }
            } while (endpoint.isLoop() && handedOn > before && !isToStop() && !isEnough());
            endpoint.getReport().ended(null);
        } catch (IOException e) {
            LOG.atInfo().addKeyValue("reason", e.getMessage()).log("frames end");
            endpoint.getReport().ended(e);
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            getExceptionHandler().handleException(e);
            endpoint.getReport().ended(e);
        }
    }

    private void read(PictureSource source) throws Exception {
        Pace pace = new Pace(endpoint.interval(), stop);
        for (byte[] image = next(source); image != null; image = next(source)) {
            if (!pace.await()) {
                return;
            }
            if (image.length > 0) {
                handOn(frame(image));
            }
            if (isEnough()) {
                return;
            }
        }
    }

    /**
     * Returns the next picture. One that cannot be read is logged, counted as dropped, and returned as an empty array.
     */
    private byte @Nullable [] next(PictureSource source) throws IOException {
        try {
            return source.next();
        } catch (DamagedPictureException e) {
            if (source.length() == 1) {
                throw e;
            }
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("picture dropped");
            endpoint.getReport().dropped.increment();
            return new byte[0];
        }
    }

    private void readLive(PictureSource source) throws Exception {
        NewestFrame newest = new NewestFrame(endpoint.getReport());
        Thread reader = new Thread(() -> takePictures(source, newest), "frames-camera");
        reader.setDaemon(true);
        reader.start();
        try {
            Frame frame = newest.take();
            while (frame != null && !isToStop()) {
                handOn(frame);
                frame = isEnough() ? null : newest.take();
            }
        } finally {
            newest.end(null);
            reader.join();
            newest.drop();
        }
    }

    private void takePictures(PictureSource source, NewestFrame newest) {
        Pace pace = new Pace(endpoint.interval(), stop);
        try {
            boolean more = true;
            while (more && !isToStop() && !newest.isEnded()) {
                if (source.isPaced() ? pace.isDue() : pace.await()) {
                    byte[] image = source.next();
                    more = image != null;
                    if (image != null) {
                        newest.put(frame(image));
                    }
                } else {
                    more = source.isPaced() && source.skip();
                }
            }
            newest.end(null);
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            newest.end(e);
        }
    }

    private Frame frame(byte[] image) {
        return new Frame(image, Instant.now(), endpoint.getCameraId());
    }

    private void handOn(Frame frame) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            exchange.getMessage().setBody(frame);
            getProcessor().process(exchange);
            handedOn++;
            Exception failure = exchange.getException();
            if (failure != null) {
                endpoint.getReport().dropped.increment();
                throw failure;
            }
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private boolean isEnough() {
        Integer count = endpoint.getCount();
        return count != null && handedOn >= count;
    }

    private boolean isToStop() {
        return stop.getCount() == 0;
    }

    /** Knows when the next frame is due. */
    private static final class Pace {

        private final long interval;
        private final CountDownLatch stop;
        private long due = System.nanoTime();

        Pace(Duration interval, CountDownLatch stop) {
            this.interval = interval.toNanos();
            this.stop = stop;
        }

        /** Waits until the next frame is due, and returns false if the consumer stops before. */
        boolean await() throws InterruptedException {
            boolean stopped = stop.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
            next();
            return !stopped;
        }

        boolean isDue() {
            if (System.nanoTime() - due < 0) {
                return false;
            }
            next();
            return true;
        }

        /** Faster frames do not make up for a long delay, but small delays do not add up. */
        private void next() {
            due = Math.max(due + interval, System.nanoTime());
        }
    }
}
