package io.framegate.tool.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The images that were sent, compared with the files in a directory.
 *
 * @param expected images that must be stored
 * @param stored images that have a file
 * @param missing expected images without a file
 * @param duplicates second and further files of an image
 * @param duplicatesOfResent the same, of images that were sent again because the gateway could not store them or did
 *     not answer
 * @param foreign files that are not an image, or only a part of it
 * @param damagedStored damaged images that are stored unchanged
 * @param unknownStored images that are stored although they were cut off, or sent on a connection that broke
 * @param lost images that are not stored because the gateway broke their connection
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

    /** Compares the files with the ledger. */
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

    /** A metadata file has the name of its image and {@code .json}. */
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
