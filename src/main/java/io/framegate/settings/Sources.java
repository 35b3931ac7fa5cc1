package io.framegate.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The values that an operator has set. {@code -D} takes precedence over environment variables, and these over the file.
 * The file is a Java properties file in UTF-8. Immutable.
 */
public final class Sources {

    private static final String PREFIX = "framegate.";
    private static final String VARIABLES = "FRAMEGATE_";

    /** The name of a property in the value of another one. */
    private static final Pattern NAMED = Pattern.compile("\\{\\{\\??([^{}:]+)");

    /** Variables that locate files and set no property. */
    private static final Set<String> PLACES = Set.of("FRAMEGATE_CONFIG", "FRAMEGATE_ROUTES", "FRAMEGATE_DATA");

    /**
     * The variables with the address of a service, which Kubernetes sets in every container: {@code
     * FRAMEGATE_PORT_18000_TCP_ADDR}.
     */
    private static final String SERVICE = "\\w+_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_\\w+)?)";

    private final Path path;
    private final Map<String, Entry> file;
    private final Map<String, String> variables;
    private final Map<String, String> system;

    /** A value, its line, and the line of an earlier value with the same name, or 0. */
    private record Entry(String value, int line, int earlier) {}

    private Sources(Path path, Map<String, Entry> file, Map<String, String> variables, Map<String, String> system) {
        this.path = path;
        this.file = file;
        this.variables = variables;
        this.system = system;
    }

    /** Returns the directory of a gateway that is started in this directory with this environment. */
    public static Path directory(Setting<String> setting) throws IOException {
        Path properties = Path.of(System.getenv().getOrDefault("FRAMEGATE_CONFIG", "application.properties"));
        String configured = read(properties).value(setting);
        String data = System.getenv("FRAMEGATE_DATA");
        return data == null ? Path.of(configured) : Path.of(data).resolve(configured);
    }

    /** Reads a file, if it exists, and the environment and {@code -D} of this process. */
    public static Sources read(Path path) throws IOException {
        Map<String, String> system = new LinkedHashMap<>();
        Properties all = System.getProperties();
        all.stringPropertyNames().forEach(name -> system.put(name, all.getProperty(name)));
        return read(path, System.getenv(), system);
    }

    static Sources read(Path path, Map<String, String> variables, Map<String, String> system) throws IOException {
        return new Sources(path, entries(path, text(path)), Map.copyOf(variables), Map.copyOf(system));
    }

    private static String text(Path path) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.exists(path) ? bytes(path) : new byte[0]);
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        if (StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true).isError()) {
            long line = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1)
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            throw new IllegalArgumentException(path + ":" + line + ": not UTF-8 (expected: UTF-8; \\u00dc works too)");
        }
        // Windows Notepad starts UTF-8 files with a byte order mark.
        return text.flip().toString().replaceFirst("^\uFEFF", "");
    }

    private static byte[] bytes(Path path) throws IOException {
        try {
            return SmallFile.readAny(path);
        } catch (SmallFile.RefusedException e) {
            throw new IllegalArgumentException(path + " (expected: a file of properties, " + e.getMessage() + ")");
        }
    }

    /** Reads line by line, because {@link Properties} does not report line numbers. */
    private static Map<String, Entry> entries(Path path, String text) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        StringBuilder logical = new StringBuilder();
        int first = 1;
        int number = 0;
        String[] lines = text.split("\r\n|\r|\n", -1);
        for (String line : lines) {
            number++;
            boolean comment = logical.isEmpty() && line.stripLeading().matches("[#!].*");
            logical.append(logical.isEmpty() ? line : line.stripLeading());
            if (!comment && number < lines.length && endsInTheNext(line)) {
                logical.setLength(logical.length() - 1);
                continue;
            }
            Properties one = new Properties();
            try {
                one.load(new StringReader(logical.toString()));
            } catch (IOException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        path + ":" + first + ": \\u without four hexadecimal digits (expected:"
                                + " \\u00fc, or the letter itself; \\\\ for a backslash)");
            }
            for (String name : one.stringPropertyNames()) {
                Entry earlier = entries.get(name);
                entries.put(name, new Entry(one.getProperty(name), first, earlier == null ? 0 : earlier.line()));
            }
            logical.setLength(0);
            first = number + 1;
        }
        return entries;
    }

    /** A line that ends with a backslash continues on the next line, unless another backslash escapes it. */
    private static boolean endsInTheNext(String line) {
        return (line.length() - line.replaceFirst("\\\\+$", "").length()) % 2 == 1;
    }

    /** Returns these defaults, overridden by the values that an operator has set. */
    public Map<String, String> over(Map<String, String> defaults, Set<String> secrets) {
        Map<String, String> all = new LinkedHashMap<>(defaults);
        // Trailing blanks are invisible, so they count only in secrets.
        file.forEach((name, entry) -> all.put(
                name, secrets.contains(name) ? entry.value() : entry.value().stripTrailing()));
        all.replaceAll((name, value) -> override(name).orElse(value));
        return all;
    }

    private Optional<String> override(String name) {
        return Optional.ofNullable(system.get(name))
                .or(() -> Optional.ofNullable(variables.get(Catalogue.variable(name))));
    }

    /** Returns the value that an operator has set. */
    public Optional<String> value(String name) {
        return override(name)
                .or(() -> Optional.ofNullable(file.get(name)).map(Entry::value).map(String::stripTrailing));
    }

    /** Returns the value of a property, for parts that run before Camel or without it. */
    public String value(Setting<?> setting) {
        String text = value(setting.name()).orElse(setting.standard());
        try {
            return SecretFile.resolve(text);
        } catch (IllegalArgumentException e) {
            throw new SettingException(setting.name(), String.valueOf(e.getMessage()));
        }
    }

    /** Returns whether the value of a property, or of a property that it names, contains a secret file. */
    public boolean comesFromFile(String name) {
        return comesFromFile(name, new HashSet<>());
    }

    private boolean comesFromFile(String name, Set<String> seen) {
        String text = value(name).orElse("");
        return SecretFile.isIn(text)
                || NAMED.matcher(text)
                        .results()
                        .anyMatch(named -> seen.add(named.group(1)) && comesFromFile(named.group(1), seen));
    }

    /**
     * Returns the names in the file and among {@code -D} that have the gateway's prefix, with up to two typos in it.
     */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(file.keySet());
        names.addAll(system.keySet());
        names.removeIf(name -> {
            String prefix = name.substring(0, name.indexOf('.') + 1);
            return Catalogue.distance(prefix.toLowerCase(Locale.ROOT), PREFIX) > 2;
        });
        return names;
    }

    public int size() {
        return file.size();
    }

    /** Returns the source of a property's value: {@code application.properties:12}; empty for a default. */
    public String place(String name) {
        Entry entry = file.get(name);
        if (system.containsKey(name)) {
            return "-D";
        }
        if (variables.containsKey(Catalogue.variable(name))) {
            return "environment";
        }
        return entry == null ? "" : path + ":" + entry.line();
    }

    /** Returns problems of names that are twice in the file, or that neither the gateway nor a route file knows. */
    public List<SettingException> problems(Catalogue catalogue) {
        List<SettingException> problems = new ArrayList<>();
        file.forEach((name, entry) -> {
            if (entry.earlier() > 0) {
                problems.add(new SettingException(
                        name, "in line " + entry.earlier() + " and in line " + entry.line() + " (expected: once)"));
            }
        });
        // Camel would name the file, but not the property. The gateway's own properties are checked on use.
        file.keySet().stream().filter(name -> !name.startsWith(PREFIX)).forEach(name -> {
            try {
                SecretFile.resolve(value(name).orElse(""));
            } catch (IllegalArgumentException e) {
                problems.add(new SettingException(name, String.valueOf(e.getMessage())));
            }
        });
        // Camel would take the path as the default of an unknown property, and as the password.
        names().stream()
                .filter(name -> SecretFile.isMisspeltIn(value(name).orElse("")))
                .map(name -> new SettingException(
                        name, "a misspelt placeholder (expected: {{" + SecretFile.FUNCTION + ":/run/x}})"))
                .forEach(problems::add);
        problems.addAll(unknown(names(), catalogue));
        new TreeMap<>(variables).forEach((variable, value) -> {
            if (variable.startsWith(VARIABLES)
                    && !PLACES.contains(variable)
                    && !variable.matches(SERVICE)
                    && !value.startsWith("tcp://")
                    && catalogue.ofVariable(variable).isEmpty()) {
                String name = variable.toLowerCase(Locale.ROOT).replace('_', '.');
                problems.add(unknown(variable, catalogue.nearest(name).map(Catalogue::variable)));
            }
        });
        return problems;
    }

    /** Returns a problem for each of these names that neither the gateway nor a route file knows. */
    public static List<SettingException> unknown(Set<String> names, Catalogue catalogue) {
        return names.stream()
                .filter(name -> !catalogue.knows(name))
                .map(name -> unknown(name, catalogue.nearest(name)))
                .toList();
    }

    private static SettingException unknown(String name, Optional<String> nearest) {
        String expected = nearest.orElse("a property of src/docs/properties.md or of a route file");
        return new SettingException(name, "unknown (expected: " + expected + ")");
    }
}
