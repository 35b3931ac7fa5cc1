package io.framegate.it.support;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What is in an images directory. Every file under a final name is hashed once, when it is first seen: a file that is
 * not whole at that moment stays noticed.
 */
public final class ImageFolder {

    private static final Duration STORED = Duration.ofSeconds(30);

    private final Path directory;
    private final Map<String, String> hashes = new TreeMap<>();
    private final Set<String> earlier = new HashSet<>();

    /** A directory that may not exist yet. */
    public ImageFolder(Path directory) {
        this.directory = directory;
        look();
        earlier.addAll(hashes.keySet());
    }

    /** All files there are and ever were, by path, with their hashes. Only those that came after this was made. */
    public Map<String, String> look() {
        for (Path file : files(directory)) {
            String path = directory.relativize(file).toString();
            if (!path.startsWith(".framegate") && !isTemporary(file) && !hashes.containsKey(path)) {
                try {
                    hashes.put(path, Pictures.sha256(Files.readAllBytes(file)));
                } catch (NoSuchFileException taken) {
                    // Deleted meanwhile by the test itself.
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        Map<String, String> since = new TreeMap<>(hashes);
        since.keySet().removeAll(earlier);
        return since;
    }

    /** Waits until all these images, each once, and nothing else, are here. */
    public Map<String, String> awaitExactly(Collection<byte[]> images) {
        return awaitExactly(STORED, images.stream().map(Pictures::sha256).toList());
    }

    /** Waits until images with these hashes, each once, and nothing else, are here. */
    public Map<String, String> awaitExactly(Duration atMost, List<String> sent) {
        try {
            eventually("all images", atMost).until(() -> look().size() >= sent.size());
        } catch (ConditionTimeoutException notAll) {
            assertHolds(sent);
            throw notAll;
        }
        assertHolds(sent);
        return look();
    }

    /** These images, each once, and nothing else, are here now. */
    public void assertHolds(List<String> sent) {
        List<String> missing = new ArrayList<>(sent);
        Map<String, String> foreign = look();
        Set<String> unseen = new HashSet<>(foreign.values());
        missing.removeIf(unseen::contains);
        Set<String> all = new HashSet<>(sent);
        foreign.values().removeIf(all::remove);
        assertThat(missing)
                .as("sent and not stored, of %d; stored and not sent: %s", sent.size(), foreign.keySet())
                .isEmpty();
        assertThat(foreign).as("stored and not sent, or stored twice").isEmpty();
    }

    /** Temporary files that are there now. */
    public List<Path> temporaryFiles() {
        return files(directory).stream().filter(ImageFolder::isTemporary).toList();
    }

    private static boolean isTemporary(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".framegate-") && name.endsWith(".part");
    }

    /** The same, and deletes what was not seen before, so that a long run does not fill the disk. */
    public Map<String, String> lookAndDelete() {
        Set<String> known = new HashSet<>(hashes.keySet());
        Map<String, String> seen = look();
        try {
            for (String path : seen.keySet()) {
                if (!known.contains(path)) {
                    Files.deleteIfExists(directory.resolve(path));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seen;
    }

    /** All regular files below a directory, also while others come and go. */
    public static List<Path> files(Path directory) {
        List<Path> found = new ArrayList<>();
        try {
            if (Files.isDirectory(directory)) {
                Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile()) {
                            found.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException cause) {
                        return FileVisitResult.CONTINUE;
                    }
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
