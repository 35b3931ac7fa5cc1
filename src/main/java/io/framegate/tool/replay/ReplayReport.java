package io.framegate.tool.replay;

import io.framegate.tool.replay.ReplayFiles.Item;
import io.framegate.tool.replay.ReplayOutcome.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints a line for each item and a summary. Deletes accepted items if {@code --delete} is given. For one thread. */
final class ReplayReport {

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean dryRun;
    private final boolean delete;
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private int done;
    private int failures;

    ReplayReport(PrintWriter out, PrintWriter err, boolean dryRun, boolean delete) {
        this.out = out;
        this.err = err;
        this.dryRun = dryRun;
        this.delete = delete;
    }

    /** Reports the outcome of an item. */
    void add(Item item, ReplayOutcome outcome) {
        done++;
        counts.merge(outcome.kind(), 1, Integer::sum);
        boolean well = outcome.kind() == Kind.ACCEPTED || outcome.kind() == Kind.SENT;
        failures += well ? 0 : 1;
        QuarantineNote note = item.note();
        out.println((dryRun && well ? "would-send" : outcome.kind().tag()) + " " + item.file()
                + (note == null ? "" : " reason=" + note.reason())
                + (note != null && note.isOfImage() ? " " + ImageEvent.summary(note) : "")
                + (outcome.detail().isEmpty() ? "" : ": " + outcome.detail()));
        if (delete && !dryRun && outcome.kind() == Kind.ACCEPTED) {
            delete(item);
        }
    }

    private void delete(Item item) {
        try {
            QuarantineNote note = item.note();
            if (note == null) {
                Files.deleteIfExists(item.file());
            } else {
                note.delete();
            }
        } catch (IOException e) {
            fail(item.file() + ": accepted and not deleted, " + e.getMessage());
        }
    }

    /** Prints a failure that is not the outcome of one item. */
    void fail(@Nullable String reason) {
        failures++;
        err.println(reason);
    }

    /** Prints the counts, and returns whether all items were accepted or sent. */
    boolean finish(ReplayFiles wanted) {
        String all = Arrays.stream(Kind.values())
                .map(kind -> kind.tag() + "=" + counts.getOrDefault(kind, 0))
                .collect(Collectors.joining(" "));
        int left = wanted.items().size() - done;
        int skipped =
                wanted.skipped().values().stream().mapToInt(Integer::intValue).sum();
        out.println((dryRun ? "dry run: " : "") + all + " left=" + left + " skipped=" + skipped
                + (skipped == 0 ? "" : " " + wanted.skipped() + " (--reason takes them)"));
        return failures == 0 && left == 0;
    }
}
