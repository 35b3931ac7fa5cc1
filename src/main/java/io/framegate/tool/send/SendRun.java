package io.framegate.tool.send;

import io.framegate.tool.TlsOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;

/** Runs the route {@code send.camel.yaml} until the source has no more frames, and prints a summary. */
final class SendRun {

    private final String source;
    private final @Nullable String cameraId;
    private final TlsOptions tls;
    private final Properties properties;
    private final PrintWriter out;
    private final PrintWriter err;
    private final SendReport report = new SendReport();

    SendRun(
            String source,
            @Nullable String cameraId,
            TlsOptions tls,
            Properties properties,
            PrintWriter out,
            PrintWriter err) {
        this.source = source;
        this.cameraId = cameraId;
        this.tls = tls;
        this.properties = properties;
        this.out = out;
        this.err = err;
    }

    /** Runs, and returns whether all frames were sent. */
    boolean run() {
        long start = System.nanoTime();
        CountDownLatch printed = new CountDownLatch(1);
        stopOnSignal(printed);
        CamelContext context = new DefaultCamelContext();
        try (SendProgress progress = new SendProgress(report, err)) {
            run(context, progress);
        } catch (Exception e) {
            report.ended(e);
        } finally {
            context.stop();
        }
        Throwable failure = report.end().join();
        String wrong = failure == null ? report.shortfall() : "cannot send: " + reason(failure);
        if (wrong != null) {
            err.println(wrong);
        }
        out.println(SendProgress.summary(report, (System.nanoTime() - start) / 1e9));
        printed.countDown();
        return wrong == null;
    }

    /** Ends the source on a signal. The process then ends after the summary is printed. */
    private void stopOnSignal(CountDownLatch printed) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            report.ended(new InterruptedException("stopped"));
            try {
                printed.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    private void run(CamelContext context, SendProgress progress) throws Exception {
        context.getPropertiesComponent().setInitialProperties(properties);
        context.getRegistry().bind("sendReport", report);
        context.getRegistry().bind("sendTls", tls);
        context.getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> named(endpoint));
        context.getShutdownStrategy().setTimeout(5);
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(PluginHelper.getResourceLoader(context)
                        .resolveResource("classpath:io/framegate/tool/send/send.camel.yaml"));
        context.start();
        progress.start();
        report.end().get();
        context.getRegistry()
                .lookupByNameAndType("frameSender", FrameSender.class)
                .close();
    }

    /**
     * Sets source and camera without properties, because Camel takes braces in a property's value for a placeholder.
     */
    private Endpoint named(Endpoint endpoint) {
        if (endpoint instanceof FramesEndpoint frames) {
            frames.setSource(source);
            if (cameraId != null) {
                frames.setCameraId(cameraId);
            }
        }
        return endpoint;
    }

    /** Returns the message of the outermost IOException, which is ours, or else of the innermost cause. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof IOException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
