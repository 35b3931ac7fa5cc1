package io.framegate.store;

import io.framegate.GatewaySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The temporary files of an earlier run that was killed. */
public final class Leftovers {

    private static final List<String> DIRECTORIES =
            List.of(GatewaySettings.IMAGES, "framegate.quarantine.directory", "framegate.thumbnail.directory");

    private final Logger log = LoggerFactory.getLogger("io.framegate");
    private final Instant started = Instant.now();

    /** Deletes them beside the running routes, because a directory of a million images takes its time. */
    public void sweep(CamelContext context) {
        new Thread(
                        () -> DIRECTORIES.forEach(property ->
                                sweep(Path.of(context.resolvePropertyPlaceholders("{{" + property + "}}")))),
                        "framegate-sweep")
                .start();
    }

    private void sweep(Path directory) {
        try {
            int swept = Files.isDirectory(directory) ? new ImageFile(directory).sweep(started) : 0;
            if (swept > 0) {
                log.atInfo()
                        .addKeyValue("directory", directory)
                        .addKeyValue("files", swept)
                        .log("temporary files of an earlier run deleted");
            }
        } catch (IOException e) {
            log.atWarn().addKeyValue("failure", e.toString()).log("temporary files not deleted");
        }
    }
}
