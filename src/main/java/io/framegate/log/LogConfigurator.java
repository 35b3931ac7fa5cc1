package io.framegate.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Sets up the log of the gateway's process. {@code -Dlogback.configurationFile} names a file to use instead. Logback
 * creates an instance in every application that has the jar on its class path, even without the libraries that
 * {@link LogFormat} needs; there it does nothing.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {

    private static volatile boolean isOurs;

    /** Switches the log of this process to the gateway's format. Call it before the first logger is created. */
    public static void takeOver() {
        isOurs = true;
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (!isOurs || System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        LogFormat.configure(context);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
