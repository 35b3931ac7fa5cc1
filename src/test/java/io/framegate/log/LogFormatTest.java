package io.framegate.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class LogFormatTest {

    private static final String LEVEL = "framegate.log.level";
    private static final String LOGGERS = "framegate.log.loggers";

    @Test
    void levelIsTheGatewaysOwn() {
        LoggerContext debug = configured(Map.of(LEVEL, "DEBUG"));

        assertThat(level(debug, "io.framegate.events")).isEqualTo(Level.DEBUG);
        assertThat(level(debug, "org.apache.camel.processor")).isEqualTo(Level.INFO);
        assertThat(level(debug, "io.vertx.core")).isEqualTo(Level.INFO);
    }

    @Test
    void aHigherLevelIsForAll() {
        LoggerContext warn = configured(Map.of(LEVEL, "WARN"));

        assertThat(level(warn, "io.framegate.events")).isEqualTo(Level.WARN);
        assertThat(level(warn, "io.vertx.core")).isEqualTo(Level.WARN);
        assertThat(level(warn, "org.apache.hc.client5.http.wire")).isEqualTo(Level.WARN);
    }

    @Test
    void aNamedLibraryHasItsLevel() {
        LoggerContext named = configured(Map.of(LOGGERS, "org.apache.camel=DEBUG, io.vertx=debug"));

        assertThat(level(named, "org.apache.camel.processor")).isEqualTo(Level.DEBUG);
        assertThat(level(named, "io.vertx.core")).isEqualTo(Level.DEBUG);
        assertThat(level(named, "io.framegate.events")).isEqualTo(Level.INFO);
        assertThat(LogFormat.refused("org.apache.camel=DEBUG, io.vertx=debug")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.hc.client5.http.wire",
                "org.apache.hc.client5.http.headers",
                "org.apache.http.wire",
                "software.amazon.awssdk.request",
                "io.netty.handler.logging.LoggingHandler",
                "org.apache.kafka.common.security",
                "org.apache.qpid.jms.provider.amqp.FRAMES"
            })
    void loggersOfSecretsStayAtInfo(String logger) {
        String all = logger + "=DEBUG, org=DEBUG, software=DEBUG, io=DEBUG, " + logger + ".below=DEBUG";
        LoggerContext named = configured(Map.of(LEVEL, "TRACE", LOGGERS, all));

        assertThat(level(named, logger).isGreaterOrEqual(Level.INFO)).isTrue();
        assertThat(level(named, logger + ".below").isGreaterOrEqual(Level.INFO)).isTrue();
        assertThat(LogFormat.refused(all)).containsExactly(logger, logger + ".below");
    }

    private static LoggerContext configured(Map<String, String> properties) {
        Properties before = new Properties();
        before.putAll(System.getProperties());
        try {
            properties.forEach(System::setProperty);
            LoggerContext context = new LoggerContext();
            LogFormat.configure(context);
            return context;
        } finally {
            System.setProperties(before);
        }
    }

    private static Level level(LoggerContext context, String logger) {
        return context.getLogger(logger).getEffectiveLevel();
    }
}
