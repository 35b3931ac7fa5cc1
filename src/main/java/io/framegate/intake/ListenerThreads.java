package io.framegate.intake;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.netty.NettyHelper;
import org.apache.camel.component.netty.NettyWorkerPoolBuilder;

/**
 * The threads of all listeners of a context: the event loops read and decode, other threads run the routes. A
 * connection keeps its threads. Both kinds start when a connection first needs them. Thread-safe.
 */
public final class ListenerThreads implements AutoCloseable {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** The default number of threads that run the routes. At least 4, because they wait for the disk. */
    public static final int DEFAULT_ROUTES = Math.max(4, PROCESSORS);

    private final EventLoopGroup eventLoops;
    private final EventExecutorGroup routes;

    /**
     * Creates two event loops for each processor. With one for each, the connections of a busy peer delay those of
     * others on the same event loop, and their answers come later.
     *
     * @param routes the number of threads that run the routes. Camel's component would use at least two for each
     *     processor and one more.
     */
    public ListenerThreads(CamelContext context, int routes) {
        eventLoops = new NettyWorkerPoolBuilder()
                .withName("framegate-reads")
                .withPattern(context.getExecutorServiceManager().getThreadNamePattern())
                .withWorkerCount(2 * PROCESSORS)
                .build();
        this.routes = NettyHelper.createExecutorGroup(context, "framegate-routes", routes);
    }

    /** For the option {@code workerGroup} of endpoints. */
    public EventLoopGroup eventLoops() {
        return eventLoops;
    }

    /** For {@link CameraPipelineFactory#setThreads}. */
    public EventExecutorGroup routes() {
        return routes;
    }

    /** Ends the threads. Call it after the routes have stopped. Does not wait. */
    @Override
    public void close() {
        eventLoops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        routes.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }
}
