package io.framegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.GatewayProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway without memory does not live on deaf: a supervisor starts it again. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OutOfMemoryIT {

    private static final int OUT_OF_MEMORY = 3;

    /** Doubles a text without end. */
    private static final String GREEDY =
            """
            - route:
                id: greedy
                errorHandler:
                  defaultErrorHandler:
                    redeliveryPolicy:
                      maximumRedeliveries: "%s"
                      redeliveryDelay: "60000"
                      logExhausted: false
                from:
                  uri: timer:greedy?repeatCount=1
                  steps:
                    - setBody:
                        constant: "0123456789abcdef"
                    - loop:
                        constant: "40"
                        steps:
                          - setBody:
                              simple: "${body}${body}"
            """;

    /** The failed exchange ends, or waits for its next attempt. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void errorThatCamelHandlesEndsTheProcess(String redeliveries, @TempDir Path directory) throws Exception {
        try (GatewayProcess gateway = new GatewayProcess(directory).withOption("-Xmx64m")) {
            Files.writeString(gateway.routes().resolve("greedy.camel.yaml"), GREEDY.replace("%s", redeliveries));
            gateway.launch();

            assertThat(gateway.awaitEnd()).isEqualTo(OUT_OF_MEMORY);
            assertThat(gateway.logLines("ERROR", "out of memory, the process ends", "failure=", "exit-code=\"3\""))
                    .hasSize(1);
            assertThat(gateway.awaitLog(Duration.ofSeconds(1), "out of memory")).contains("Java heap space");
        }
    }
}
