package io.framegate.it.support;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Many cameras that send far more than a slow route takes, into a gateway with little memory. */
public final class Flood {

    private static final int CAMERAS = 16;
    private static final int IMAGE_SIZE = 200_000;
    private static final String FIRST_STEP = "      steps:\n";

    private Flood() {}

    /**
     * Floods for this long, then makes the route fast again. Fails unless the gateway gets through it and everything
     * sent is stored.
     *
     * @param asynchronous whether the slow step frees its thread, as a slow network target does, or keeps it
     */
    public static void run(Path directory, Duration time, boolean asynchronous) {
        String slow = FIRST_STEP
                + """
                        - delay:
                            asyncDelayed: "%s"
                            expression:
                              constant:
                                expression: "200"
                """
                        .replace("%s", String.valueOf(asynchronous));
        Senders senders = new Senders();
        try (GatewayProcess gateway = new GatewayProcess(directory).withOption("-Xmx64m")) {
            String fast = gateway.route("store.camel.yaml");
            gateway.editRoute("store.camel.yaml", FIRST_STEP, slow);
            gateway.start();
            ImageFolder folder = gateway.images();
            for (int number = 0; number < CAMERAS; number++) {
                senders.stream(number % 2 == 0 ? gateway.cameraPort() : gateway.framesPort(), number, IMAGE_SIZE);
            }
            long end = System.nanoTime() + time.toNanos();
            eventually("the end of the flood", time.plusSeconds(30)).until(() -> {
                folder.lookAndDelete();
                assertThat(gateway.isAlive()).as("alive").isTrue();
                return System.nanoTime() > end;
            });
            int stored = folder.look().size();
            assertThat(stored).isGreaterThan(CAMERAS);

            gateway.writeRoute("store.camel.yaml", fast);
            gateway.awaitLog(Duration.ofMinutes(1), "routes changed", "store.camel.yaml");
            senders.stop();
            Set<String> missing = new HashSet<>(senders.whole());
            eventually("all images", Duration.ofMinutes(1)).until(() -> {
                missing.removeAll(new HashSet<>(folder.lookAndDelete().values()));
                return missing.isEmpty();
            });
            assertThat(senders.begun()).containsAll(folder.look().values());
            assertThat(folder.look()).hasSameSizeAs(new HashSet<>(folder.look().values()));
            assertThat(folder.look().size()).isGreaterThan(stored);
            assertThat(gateway.log()).doesNotContain("OutOfMemoryError").doesNotContain(" ERROR ");
            assertThat(folder.temporaryFiles()).isEmpty();
            assertThat(gateway.terminate()).isEqualTo(143);
        } finally {
            senders.close();
        }
    }
}
