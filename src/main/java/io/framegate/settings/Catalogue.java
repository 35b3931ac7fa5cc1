package io.framegate.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All properties of a gateway: those of its parts, those of its targets, and those that only its route files use.
 * Immutable.
 */
public final class Catalogue {

    private static final List<Group> PARTS = List.of(
            IntakeSettings.GROUP,
            ListenerSettings.GROUP,
            StoreSettings.GROUP,
            TransformSettings.GROUP,
            DiskSettings.GROUP,
            DeliverSettings.GROUP,
            WorkerSettings.GROUP,
            WebSettings.GROUP,
            TracingSettings.GROUP);

    private static final Pattern TARGET = Pattern.compile("framegate\\.deliver\\.([a-z0-9-]+)\\.enabled");

    private static final String TLS = ".tls.";

    private final List<Group> groups = new ArrayList<>(PARTS);
    private final Map<String, Setting<?>> settings = new LinkedHashMap<>();
    private final Map<String, String> targets;
    private final Set<String> used;

    private Catalogue(Map<String, String> targets, Set<String> used) {
        this.targets = targets;
        this.used = used;
        targets.forEach((target, name) -> {
            TargetKind kind = TargetKind.ALL.getOrDefault(name, TargetKind.OTHER);
            groups.add(new Group(target, kind.of(target), kind.rules(target), values -> true));
        });
        for (Group group : groups) {
            group.settings().forEach(setting -> settings.put(setting.name(), setting));
        }
    }

    /**
     * Creates the catalogue of a gateway.
     *
     * @param kinds the kind of each additional target in the route files, by the target's name
     * @param used names of properties in route files
     * @param written names of properties that an operator has set
     */
    public static Catalogue of(Map<String, String> kinds, Set<String> used, Set<String> written) {
        Map<String, String> targets = new TreeMap<>();
        Set<String> names = new TreeSet<>(used);
        names.addAll(written);
        for (String name : names) {
            Matcher target = TARGET.matcher(name);
            if (target.matches()) {
                targets.put(target.group(1), "");
            }
        }
        TargetKind.ALL.keySet().forEach(kind -> targets.put(kind, kind));
        targets.putAll(kinds);
        return new Catalogue(targets, Set.copyOf(used));
    }

    /** Creates the catalogue of a gateway with one target of each kind. */
    public static Catalogue standard() {
        return of(Map.of(), Set.of(), Set.of());
    }

    /** Returns all targets, enabled or not, and the kind of each; an unknown kind is empty. */
    public Map<String, String> targets() {
        return targets;
    }

    public List<Setting<?>> settings() {
        return List.copyOf(settings.values());
    }

    List<Group> groups() {
        return groups;
    }

    public Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        settings.values().forEach(setting -> defaults.put(setting.name(), setting.standard()));
        return defaults;
    }

    /**
     * Returns the default of each property in {@code names}, which are separated by {@code and}. For a property of a
     * port's TLS, adds the others of this port, because they are valid only together.
     */
    public Map<String, String> defaultsWith(String names) {
        Map<String, String> with = new LinkedHashMap<>();
        for (String name : names.split(" and ", -1)) {
            int tls = name.indexOf(TLS);
            String beginning = tls < 0 ? name : name.substring(0, tls + TLS.length());
            defaults().forEach((known, standard) -> {
                if (tls < 0 ? known.equals(name) : known.startsWith(beginning)) {
                    with.put(known, standard);
                }
            });
        }
        return with;
    }

    /** Returns the names of properties whose values may be secrets. */
    public Set<String> secrets() {
        return settings.values().stream()
                .filter(setting -> setting.type().secret())
                .map(Setting::name)
                .collect(Collectors.toSet());
    }

    boolean knows(String name) {
        return settings.containsKey(name) || isUsed(name);
    }

    /** Whether a route file names this property. */
    boolean isUsed(String name) {
        return used.contains(name);
    }

    /** Returns the property that an environment variable sets: {@code FRAMEGATE_CAMERA_PORT}. */
    Optional<String> ofVariable(String variable) {
        return names().stream().filter(name -> variable(name).equals(variable)).findFirst();
    }

    static String variable(String name) {
        return name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    /** Returns the property with the most similar name, if at least half of the name after the prefix is right. */
    Optional<String> nearest(String name) {
        int most = (name.length() - name.indexOf('.')) / 2;
        return names().stream()
                .min(Comparator.comparingInt(known -> distance(name, known)))
                .filter(known -> distance(name, known) <= most);
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>(settings.keySet());
        names.addAll(used);
        return names;
    }

    /** Returns the Levenshtein distance: the number of letters to add, drop or change. */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int change = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(change, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
