package io.framegate.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the figures of all attacks in {@code target/attacks.md}, and logs the table when the last test is done. */
final class AttackTable implements BeforeAllCallback {

    private static final Path FILE = Path.of("target/attacks.md");
    private static final Logger LOG = LoggerFactory.getLogger(AttackTable.class);

    private static final String HEAD =
            """
            | scenario | -Xmx | p50 | p99 | max | p99 after | heap before | heap after | RSS | result |
            |---|---|---|---|---|---|---|---|---|---|
            """;

    /** The figures of one attack. */
    record Row(String scenario, String xmx, Times during, Times after, Vitals before, Vitals end) {

        /** Times in milliseconds, sizes in MB. */
        String text(boolean passed) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |%n",
                    scenario,
                    xmx,
                    Times.millis(during.p50()),
                    Times.millis(during.p99()),
                    Times.millis(during.max()),
                    Times.millis(after.p99()),
                    megabytes(before.heap()),
                    megabytes(end.heap()),
                    megabytes(end.resident()),
                    passed ? "passed" : "failed");
        }
    }

    static void add(Row row, boolean passed) throws IOException {
        String text = row.text(passed);
        note(text.strip());
        Files.writeString(FILE, text, StandardOpenOption.APPEND);
    }

    /** What attackers could do, beside the table. */
    static void note(String text) {
        LOG.info(text);
    }

    private static String megabytes(long bytes) {
        return bytes < 0 ? "gone" : Math.round(bytes / 1048576.0) + " MB";
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        ExtensionContext.Store store = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL);
        if (store.get(AttackTable.class) == null) {
            Files.writeString(FILE, HEAD);
            store.put(AttackTable.class, (AutoCloseable) () -> LOG.info("attacks:\n{}", Files.readString(FILE)));
        }
    }
}
