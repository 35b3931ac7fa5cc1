package io.framegate.wire;

import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails the class of tests after which Netty reports a buffer that was not released. Netty finds it at the first
 * allocation after a collection, so an earlier class may have lost it. Only where every buffer is watched: the servers
 * of the integration tests have buffers, too.
 */
public final class LeakWatch implements BeforeAllCallback, AfterAllCallback {

    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        if (ResourceLeakDetector.getLevel() == ResourceLeakDetector.Level.PARANOID) {
            ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + " " + records));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        String leak = LEAKS.poll();
        if (leak != null) {
            throw new AssertionError("a buffer was not released, in this class or before it:" + leak
                    + "\n(more: -Dio.netty.leakDetection.targetRecords=10)");
        }
    }
}
