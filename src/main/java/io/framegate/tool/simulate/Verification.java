package io.framegate.tool.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a directory holds of what was sent.
 *
 * @param expected images that must be stored
 * @param stored files that are an image sent
 * @param missing expected images of which there is no file
 * @param duplicates files of an image of which there is another one
 * @param duplicatesOfResent the same, of images the gateway itself asked for once more
 * @param foreign files that are no image sent, or not all of one
 * @param damagedStored damaged images that are stored as they were sent
 * @param unknownStored images that the camera cannot know of, cut off or in a connection that broke, and that are stored
 * @param lost images in connections that the gateway broke, and that are not stored
 */
record Verification(
        long expected,
        long stored,
        List<SentImage> missing,
        List<Path> duplicates,
        List<Path> duplicatesOfResent,
        List<Path> foreign,
        long damagedStored,
        long unknownStored,
        long lost) {

    /** Compares a directory's files with what was sent. */
    static Verification of(Ledger ledger, Map<Path, Sha256> files) {
        Map<SentImage, Integer> found = new HashMap<>();
        List<Path> duplicates = new ArrayList<>();
        List<Path> ofResent = new ArrayList<>();
        List<Path> foreign = new ArrayList<>();
        for (Map.Entry<Path, Sha256> file : new TreeMap<>(files).entrySet()) {
            SentImage image = ledger.find(file.getValue());
            if (image == null) {
                if (!isSidecar(file.getKey(), files)) {
                    foreign.add(file.getKey());
                }
            } else if (found.merge(image, 1, Integer::sum) > 1) {
                (image.isResent() ? ofResent : duplicates).add(file.getKey());
            }
        }
        List<SentImage> missing = ledger.images().stream()
                .filter(image -> image.fate().mustBeStored() && !found.containsKey(image))
                .toList();
        return new Verification(
                ledger.images().stream()
                        .filter(image -> image.fate().mustBeStored())
                        .count(),
                found.size(),
                missing,
                duplicates,
                ofResent,
                foreign,
                count(found, ImageFate.DAMAGED),
                count(found, ImageFate.CUT) + count(found, ImageFate.LOST) + count(found, ImageFate.BEGUN),
                ledger.images().stream()
                        .filter(image -> image.fate() == ImageFate.LOST && !found.containsKey(image))
                        .count());
    }

    /** Metadata beside an image is named after it. */
    private static boolean isSidecar(Path file, Map<Path, Sha256> files) {
        String name = file.getFileName().toString();
        return name.endsWith(".json") && files.containsKey(file.resolveSibling(name.substring(0, name.length() - 5)));
    }

    private static long count(Map<SentImage, Integer> found, ImageFate fate) {
        return found.keySet().stream().filter(image -> image.fate() == fate).count();
    }

    boolean isComplete() {
        return missing.isEmpty() && lost == 0 && duplicates.isEmpty() && foreign.isEmpty();
    }
}
