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
 * Sets the log up: one line an event to standard output, plain text or JSON as {@code framegate.log.format} says. In Java,
 * because reading a configuration file costs a third of a second of every start. A file named by
 * {@code -Dlogback.configurationFile} is used instead of this.
 */
public final class LogFormat extends ContextAwareBase implements Configurator {

    public static final String PROPERTY = "framegate.log.format";
    public static final String LEVEL = "framegate.log.level";

    /** {@code System.err} for commands whose standard output is their result. */
    private static final String TARGET = "framegate.log.target";

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24} - %msg %kvp";
    private static final String END = "%n%ex";

    /** Nothing where a line belongs to no trace. */
    private static final String TRACE = "%replace( trace_id=\"%X{trace_id}\"){' trace_id=\"\"', ''}";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget(System.getProperty(TARGET, "System.out"));
        console.setEncoder("json".equals(System.getProperty(PROPERTY)) ? json(context) : text(context));
        console.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(System.getProperty(LEVEL), Level.INFO));
        root.addAppender(console);
        // Camel tells of every failed start with a stack trace of its own; Gateway says it in one line.
        context.getLogger("org.apache.camel.impl.engine").setLevel(Level.ERROR);
        context.getLogger("org.apache.camel.impl.engine.AbstractCamelContext").setLevel(Level.OFF);
        context.getLogger("org.apache.camel.main").setLevel(Level.WARN);
        context.getLogger("org.apache.camel.component").setLevel(Level.WARN);
        // These tell of every attempt, some with all their settings; the outbox tells of the first, with the reason.
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
