package io.framegate.tool.replay;

import io.framegate.event.RejectReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects the items to replay from the files and directories on the command line. A note and the files beside it are
 * one item. Without {@code --reason}, all named files are replayed, but only the default reasons of a directory.
 * Subdirectories are not read. Not thread-safe.
 */
final class ReplayFiles {

    /**
     * A recording or a note.
     *
     * @param file the recording, or the file with the note
     * @param note null for a recording
     */
    record Item(Path file, @Nullable QuarantineNote note) {}

    /** The default for a directory: the packet was kept whole, and none of it is stored. */
    private static final Set<String> BY_DEFAULT = Set.of(RejectReason.NOT_STORED.tag());

    private final @Nullable Set<String> reasons;
    private final Map<Path, Item> items = new LinkedHashMap<>();
    private final Map<String, Integer> skipped = new TreeMap<>();

    /** Creates a collection of the items with these reasons, or of the default reasons if null. */
    ReplayFiles(@Nullable Set<String> reasons) {
        this.reasons = reasons;
    }

    /** Adds a file, or the files in a directory in the order of their names, which begin with the time. */
    void add(Path named) throws IOException {
        if (!Files.isDirectory(named)) {
            add(named, reasons);
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(named)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            add(file, reasons == null ? BY_DEFAULT : reasons);
        }
    }

    private void add(Path file, @Nullable Set<String> wanted) {
        QuarantineNote note = QuarantineNote.of(file);
        Path key = (note == null ? file : note.file()).toAbsolutePath().normalize();
        if (note == null || wanted == null || wanted.contains(note.reason())) {
            items.putIfAbsent(key, new Item(note == null ? file : note.file(), note));
        } else if (note.file().equals(file)) {
            skipped.merge(note.reason(), 1, Integer::sum);
        }
    }

    Collection<Item> items() {
        return items.values();
    }

    /** Returns how many notes in the directories have a reason that is not wanted, by reason. */
    Map<String, Integer> skipped() {
        return skipped;
    }
}
