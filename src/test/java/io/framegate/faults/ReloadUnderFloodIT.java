package io.framegate.faults;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Senders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes and their error policy change once a second under as many packets as the machine takes. */
@Tag("faults")
class ReloadUnderFloodIT {

    private static final int EDITS = 60;
    private static final int CAMERAS = 16;

    @TempDir
    private Path directory;

    @Test
    void noImageMeetsARouteThatIsHalfThere() {
        Senders senders = new Senders();
        try (GatewayProcess gateway = new GatewayProcess(directory).start()) {
            ImageFolder folder = gateway.images();
            String[] files = {"store.camel.yaml", "errors.camel.yaml", "receive.camel.yaml"};
            String[] originals = {gateway.route(files[0]), gateway.route(files[1]), gateway.route(files[2])};
            for (int number = 0; number < CAMERAS; number++) {
                senders.stream(number % 2 == 0 ? gateway.cameraPort() : gateway.framesPort(), number, 2_000);
            }
            for (int edit = 1; edit <= EDITS; edit++) {
                int file = edit % files.length;
                int changes = edit;
                gateway.writeRoute(files[file], originals[file] + "# edit " + edit + "\n");
                eventually("edit " + edit).until(() -> {
                    folder.lookAndDelete();
                    return gateway.logLines("routes changed").size() == changes;
                });
            }
            senders.stop();
            Set<String> missing = new HashSet<>(senders.whole());
            try {
                eventually("all images", Duration.ofSeconds(30)).until(() -> {
                    // A set: a collection of values would be searched from its beginning for each image.
                    missing.removeAll(new HashSet<>(folder.lookAndDelete().values()));
                    return missing.isEmpty();
                });
            } finally {
                assertThat(missing)
                        .as("sent and not stored, of %d", senders.whole().size())
                        .isEmpty();
            }
            assertThat(gateway.logLines(" ERROR ")).isEmpty();
        } finally {
            senders.close();
        }
    }
}
