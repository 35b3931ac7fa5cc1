package io.framegate.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import net.logstash.logback.encoder.LogstashEncoder;

/**
 * Sets the log up: one line for each event on standard output, as plain text or JSON ({@code framegate.log.format}).
 * This is Java, because a configuration file would add a third of a second to every start. {@code
 * -Dlogback.configurationFile} names a file to use instead.
 */
public final class LogFormat extends ContextAwareBase implements Configurator {

    private static final String FORMAT = "framegate.log.format";
    private static final String LEVEL = "framegate.log.level";

    /** {@code System.err} for commands that print their result on standard output. */
    private static final String TARGET = "framegate.log.target";

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24} - %msg %kvp";
    private static final String END = "%n%ex";

    /** Empty for a line that belongs to no trace. */
    private static final String TRACE = "%replace( trace_id=\"%X{trace_id}\"){' trace_id=\"\"', ''}";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget(System.getProperty(TARGET, "System.out"));
        console.setEncoder("json".equals(System.getProperty(FORMAT)) ? json(context) : text(context));
        console.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(System.getProperty(LEVEL), Level.INFO));
        root.addAppender(console);
        // Camel logs a stack trace for every failed start; Gateway logs one line.
        context.getLogger("org.apache.camel.impl.engine").setLevel(Level.ERROR);
        context.getLogger("org.apache.camel.impl.engine.AbstractCamelContext").setLevel(Level.OFF);
        context.getLogger("org.apache.camel.main").setLevel(Level.WARN);
        context.getLogger("org.apache.camel.component").setLevel(Level.WARN);
        // These log every attempt, some with all their settings; the outbox logs the first one with its reason.
        context.getLogger("org.apache.kafka").setLevel(Level.ERROR);
        context.getLogger("org.apache.qpid.jms").setLevel(Level.OFF);
        context.getLogger("org.apache.camel.component.file.remote").setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        boolean traced = "true".equals(System.getProperty("framegate.tracing.enabled"));
        encoder.setPattern(PATTERN + (traced ? TRACE : "") + END);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        LogstashEncoder encoder = new LogstashEncoder();
        encoder.setContext(context);
        encoder.setTimeZone("UTC");
        encoder.start();
        return encoder;
    }
}
