package io.framegate.tool.replay;

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
 * What is to be replayed of the files and directories somebody names: a note and its files once, whichever of them is named.
 * Of a directory, only what was kept for certain reasons; what is named by itself is wanted whatever the reason, unless reasons
 * are given. Directories are not entered deeper. Not thread-safe.
 */
final class ReplayFiles {

    /**
     * One thing to be replayed.
     *
     * @param file a recording, or a note's own file
     * @param note null if it is a recording
     */
    record Item(Path file, @Nullable QuarantineNote note) {}

    private final @Nullable Set<String> reasons;
    private final Map<Path, Item> items = new LinkedHashMap<>();
    private final Map<String, Integer> skipped = new TreeMap<>();

    /** For these reasons only; null if none are given. */
    ReplayFiles(@Nullable Set<String> reasons) {
        this.reasons = reasons;
    }

    /** Adds a file, or what is in a directory, in the order of the names, which begin with the time. */
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
            add(file, reasons == null ? ReplayableReasons.BY_DEFAULT : reasons);
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

    /** What is in the directories and was kept for another reason, by reason. */
    Map<String, Integer> skipped() {
        return skipped;
    }
}
