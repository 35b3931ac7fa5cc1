package io.framegate.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framegate.event.FramegateHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxConsumerTest {

    @TempDir
    private Path directory = Path.of(".");

    private static Map<String, Object> headers() {
        return new TreeMap<>(Map.of(
                FramegateHeaders.CAMERA_NAME,
                "gate",
                FramegateHeaders.COUNTER,
                17,
                FramegateHeaders.DELIVERY_ID,
                "id"));
    }

    private void refuse(Outbox outbox) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind(OutboxComponent.OUTBOX, outbox);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("outbox:ftp?images=" + directory)
                            .setHeader("CamelFileName", constant("elsewhere"))
                            .removeHeader(FramegateHeaders.COUNTER)
                            .throwException(new IOException("refused"));
                }
            });
            context.start();
            await().atMost(Duration.ofSeconds(10)).until(() -> outbox.waiting("ftp") == 0);
        }
    }

    @Test
    void whatIsSetAsideIsTheClaimWhateverTheRouteMadeOfIt() throws Exception {
        Files.writeString(directory.resolve("a.jpg"), "image");
        try (Outbox outbox = new Outbox(directory.resolve("outbox"), List.of("ftp"))) {
            ClaimLog log = outbox.log("ftp");
            log.settle(log.append(new Claim("a.jpg", headers())));
            refuse(outbox);
            String name = outbox.setAside("ftp").list().get(0).name();
            assertThat(name).isEqualTo("17-id");
            assertThat(outbox.setAside("ftp").retry(name)).isTrue();
            outbox.resumeSetAside();
            assertThat(Objects.requireNonNull(log.await(0)).claim()).isEqualTo(new Claim("a.jpg", headers()));
        }
    }
}
