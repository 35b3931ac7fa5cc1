package io.framegate.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Metrics as Prometheus reads them (text format 0.0.4), read as strictly as its own {@code promtool check metrics}
 * does: each metric has one help and one type, all of it stands together, no series comes twice, and histograms add up.
 */
public final class PrometheusText {

    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (" + NAME + ") ?(.*)");
    private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary", "untyped");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Set<String> helped = new HashSet<>();
    private final Map<String, Double> series = new LinkedHashMap<>();
    private final Map<String, Set<String>> labels = new TreeMap<>();
    private final Set<String> finished = new HashSet<>();
    private String current = "";

    public PrometheusText(String text) {
        assertThat(text).endsWith("\n").doesNotContain("\r");
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("#")) {
                comment(line);
            } else if (!line.isEmpty()) {
                sample(line);
            }
        }
        types.forEach((name, type) -> {
            if (type.equals("histogram")) {
                histogramAddsUp(name);
            }
        });
    }

    private void comment(String line) {
        Matcher comment = COMMENT.matcher(line);
        assertThat(comment.matches()).as(line).isTrue();
        String name = comment.group(2);
        begin(name);
        if (comment.group(1).equals("HELP")) {
            assertThat(helped.add(name)).as("second help of " + name).isTrue();
        } else {
            assertThat(comment.group(3)).as(line).isIn(TYPES);
            assertThat(types.put(name, comment.group(3)))
                    .as("second type of " + name)
                    .isNull();
        }
    }

    private void begin(String name) {
        if (!name.equals(current)) {
            finished.add(current);
            current = name;
        }
        assertThat(finished).as("all of a metric stands together").doesNotContain(name);
    }

    private void sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        String name = sample.group(1);
        begin(family(name));
        Map<String, String> own = labels(sample.group(2));
        String value = sample.group(3).replace("Inf", "Infinity");
        assertThat(series.put(name + new TreeMap<>(own), Double.valueOf(value)))
                .as("second " + line)
                .isNull();
        labels.computeIfAbsent(name, none -> new TreeSet<>()).addAll(own.keySet());
        assertThat(types).as("type of " + name).containsKey(family(name));
        if (types.get(family(name)).equals("counter")) {
            assertThat(name).endsWith("_total");
            assertThat(Double.valueOf(value)).as(line).isNotNegative();
        }
    }

    private String family(String name) {
        for (String part : List.of("_bucket", "_count", "_sum")) {
            String family = name.endsWith(part) ? name.substring(0, name.length() - part.length()) : "";
            if (Set.of("histogram", "summary").contains(types.getOrDefault(family, ""))) {
                return family;
            }
        }
        return name;
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        if (text == null || text.isEmpty()) {
            return labels;
        }
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (label.find()) {
            assertThat(label.start()).as(text).isEqualTo(end);
            end = label.end();
            assertThat(labels.put(label.group(1), label.group(2))).as(text).isNull();
        }
        assertThat(end).as(text).isEqualTo(text.length());
        return labels;
    }

    private void histogramAddsUp(String name) {
        Map<String, Double> last = new HashMap<>();
        series.forEach((key, value) -> {
            if (key.startsWith(name + "_bucket{")) {
                String others = key.substring((name + "_bucket").length()).replaceAll("(, )?le=[^,}]+(, )?", "");
                assertThat(value).as(key).isGreaterThanOrEqualTo(last.getOrDefault(others, 0.0));
                last.put(others, value);
            }
        });
        assertThat(last).as("buckets of " + name).isNotEmpty();
        last.forEach((others, count) -> assertThat(series).containsEntry(name + "_count" + others, count));
    }

    /** What there is, as names of series: with {@code _bucket}, {@code _count} and {@code _sum}. */
    public Set<String> names() {
        return labels.keySet();
    }

    /** The labels that a series has. */
    public Set<String> labelsOf(String name) {
        return labels.getOrDefault(name, Set.of());
    }

    /** The value of a series, whose labels are sorted: {@code framegate_rejected_total{reason=too-long}}. */
    public Double value(String key) {
        return series.get(key.contains("{") ? key : key + "{}");
    }

    /** The sum of all series of a metric. */
    public double sum(String name) {
        return series.entrySet().stream()
                .filter(one -> one.getKey().startsWith(name + "{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
