package io.framegate.tool.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The results of a run as a table or as JSON, with the same names. */
final class Summary {

    private static final int LISTED = 10;

    private final Map<String, Object> values = new LinkedHashMap<>();

    Summary(Tally tally, Ledger ledger, double seconds, String measured) {
        values.put("seconds", rounded(seconds));
        values.put("packets", tally.packets.sum());
        values.put("images", tally.images.sum());
        values.put("imagesPerSecond", rounded(tally.images.sum() / seconds));
        values.put("megabytesPerSecond", rounded(tally.bytes.sum() / seconds / 1e6));
        values.put("neverSent", tally.neverSent.sum());
        values.put("connections", tally.connected.sum());
        values.put("connectionsRefused", tally.refusedConnections.sum());
        values.put("connectionsLost", tally.lostConnections.sum());
        values.put("faults", tally.faults());
        values.put("answers", tally.answers());
        values.put("resent", tally.resent.sum());
        Map<String, Long> fates = new LinkedHashMap<>();
        for (ImageFate fate : ImageFate.values()) {
            fates.put(fate.name().toLowerCase(Locale.ROOT), ledger.count(fate));
        }
        values.put("fates", fates);
        Histogram latency = tally.latency();
        if (latency.getTotalCount() > 0) {
            values.put("latency", measured);
            Map<String, Object> millis = new LinkedHashMap<>();
            for (double percentile : new double[] {50, 90, 99, 99.9}) {
                String name = "p" + (percentile == 99.9 ? "99.9" : Long.toString((long) percentile));
                millis.put(name, latency.getValueAtPercentile(percentile) / 1000.0);
            }
            millis.put("max", latency.getMaxValue() / 1000.0);
            values.put("latencyMillis", millis);
        }
    }

    void add(Verification found, int incompleteAtFirst) {
        values.put("expected", found.expected());
        values.put("stored", found.stored());
        values.put("missing", found.missing().size());
        values.put("duplicates", found.duplicates().size());
        values.put("duplicatesOfResent", found.duplicatesOfResent().size());
        values.put("foreignOrHalf", found.foreign().size());
        values.put("damagedStored", found.damagedStored());
        values.put("unknownStored", found.unknownStored());
        values.put("lost", found.lost());
        values.put("incompleteWhenFirstSeen", incompleteAtFirst);
        list("duplicateFiles", found.duplicates().stream().map(Path::toString).toList());
        list("foreignFiles", found.foreign().stream().map(Path::toString).toList());
    }

    /** Adds the missing images, and their files in the quarantine. */
    void addMissing(List<SentImage> missing, Map<Sha256, Path> quarantined) {
        list(
                "missingImages",
                missing.stream()
                        .map(image -> {
                            Path file = quarantined.get(image.hash());
                            return image + " " + image.fate().name().toLowerCase(Locale.ROOT)
                                    + (file == null ? "" : ", in " + file);
                        })
                        .toList());
    }

    void addQuarantine(Map<String, Integer> reasons) {
        values.put("quarantined", reasons);
    }

    private void list(String name, List<String> all) {
        if (!all.isEmpty()) {
            values.put(name, all.stream().limit(LISTED).toList());
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    void verdict(Verdict verdict) {
        values.put("result", verdict.toString());
    }

    String json() {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    String table() {
        StringBuilder table = new StringBuilder();
        values.forEach((name, value) -> {
            if (value instanceof List<?> lines) {
                lines.forEach(line -> row(table, name, line));
            } else if (value instanceof Map<?, ?> counts) {
                String text = counts.toString();
                row(table, name, text.substring(1, text.length() - 1));
            } else {
                row(table, name, value);
            }
        });
        return table.toString();
    }

    private static void row(StringBuilder table, String name, Object value) {
        table.append(String.format(Locale.ROOT, "%-24s %s%n", name, value));
    }
}
