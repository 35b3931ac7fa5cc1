package io.framegate.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.LoggerFactory;

/**
 * The log of the gateway: one line for each event on standard output, as plain text, JSON, or JSON of the Elastic
 * Common Schema ({@code framegate.log.format}). It is configured in Java, because a configuration file would add a
 * third of a second to every start.
 */
public final class LogFormat {

    private static final String FORMAT = "framegate.log.format";
    private static final String LEVEL = "framegate.log.level";
    private static final String LOGGERS = "framegate.log.loggers";

    /** The system property with the gateway's name, for lines before Camel has its properties. */
    private static final String NODE_NAME = "framegate.log.node";

    /** The key of the gateway's name in the log's context, from which the encoders read it. */
    static final String NODE = "node";

    /** {@code System.err} for commands that print their result on standard output. */
    private static final String TARGET = "framegate.log.target";

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24} - %msg %kvp";
    private static final String END = "%n%ex";

    /** Empty for a line that belongs to no trace. */
    private static final String TRACE = "%replace( trace_id=\"%X{trace_id}\"){' trace_id=\"\"', ''}";

    /** Below INFO, these loggers write passwords, signed addresses, or all sent bytes. */
    private static final List<String> WITH_SECRETS = List.of(
            "io.netty.handler",
            "org.apache.activemq",
            "org.apache.camel.component.file.remote",
            "org.apache.camel.component.http",
            "org.apache.camel.component.kafka",
            "org.apache.camel.main",
            "org.apache.camel.processor.errorhandler",
            "org.apache.hc",
            "org.apache.http",
            "org.apache.kafka",
            "org.apache.qpid",
            "software.amazon.awssdk");

    private LogFormat() {}

    static void configure(LoggerContext context) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget(System.getProperty(TARGET, "System.out"));
        context.putProperty(NODE, System.getProperty(NODE_NAME, ""));
        console.setEncoder(encoder(context, System.getProperty(FORMAT, "text")));
        console.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(console);
        setLevels(context);
        context.addTurboFilter(new OutOfMemoryFilter());
    }

    /** The level applies to the gateway's own loggers. A library logs below INFO only if an operator names it. */
    private static void setLevels(LoggerContext context) {
        Level level = Level.toLevel(System.getProperty(LEVEL), Level.INFO);
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(atLeastInfo(level));
        context.getLogger("io.framegate").setLevel(level);
        // Camel logs a stack trace for every failed start; Gateway logs one line.
        context.getLogger("org.apache.camel.impl.engine").setLevel(Level.ERROR);
        context.getLogger("org.apache.camel.impl.engine.AbstractCamelContext").setLevel(Level.OFF);
        context.getLogger("org.apache.camel.main").setLevel(Level.WARN);
        context.getLogger("org.apache.camel.component").setLevel(Level.WARN);
        // These log every attempt, some with all their settings; the outbox logs the first one with its reason.
        context.getLogger("org.apache.kafka").setLevel(Level.ERROR);
        context.getLogger("org.apache.qpid.jms").setLevel(Level.OFF);
        context.getLogger("org.apache.camel.component.file.remote").setLevel(Level.ERROR);
        String loggers = System.getProperty(LOGGERS, "");
        levels(loggers).forEach(named -> context.getLogger(named.logger()).setLevel(named.level()));
        for (String logger : WITH_SECRETS) {
            Logger client = context.getLogger(logger);
            client.setLevel(atLeastInfo(client.getEffectiveLevel()));
        }
    }

    private static Level atLeastInfo(Level level) {
        return level.isGreaterOrEqual(Level.INFO) ? level : Level.INFO;
    }

    /** A logger that the operator names. One of {@link #WITH_SECRETS}, or one below it, is at INFO or above. */
    private record Named(String logger, Level wanted) {

        boolean isRefused() {
            return !wanted.isGreaterOrEqual(Level.INFO)
                    && WITH_SECRETS.stream().anyMatch(secret -> (logger + ".").startsWith(secret + "."));
        }

        Level level() {
            return isRefused() ? Level.INFO : wanted;
        }
    }

    /** Reads {@code org.apache.camel=DEBUG, io.vertx=WARN}. The settings report invalid texts. */
    private static List<Named> levels(String text) {
        List<Named> levels = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            String[] pair = one.split("=", 2);
            if (pair.length == 2) {
                levels.add(new Named(pair[0].strip(), Level.toLevel(pair[1].strip(), Level.INFO)));
            }
        }
        return levels;
    }

    /** Returns the loggers of {@code framegate.log.loggers} that stay at INFO, because they would write secrets. */
    public static List<String> refused(String loggers) {
        return levels(loggers).stream()
                .filter(Named::isRefused)
                .map(Named::logger)
                .toList();
    }

    /** Sets the gateway's name in lines as JSON or ECS. The name is final only after Camel has its properties. */
    public static void setNode(String name) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.putProperty(NODE, name);
        }
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, String format) {
        return switch (format) {
            case "json" -> json(context);
            case "ecs" -> ecs(context);
            default -> text(context);
        };
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

    private static Encoder<ILoggingEvent> ecs(LoggerContext context) {
        LoggingEventCompositeJsonEncoder encoder = new LoggingEventCompositeJsonEncoder();
        encoder.setContext(context);
        encoder.getProviders().addProvider(new EcsFields());
        encoder.start();
        return encoder;
    }
}
