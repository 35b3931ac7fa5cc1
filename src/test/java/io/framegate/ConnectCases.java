package io.framegate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.FramegateJar;
import io.framegate.it.target.TargetServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Cases of {@code check --connect} that one check tries: right and wrong targets, each made of the template of its kind
 * under another name, and the line for each. The lines have the addresses of the documentation, whose table must have
 * no other lines.
 */
final class ConnectCases {

    private static final int UNAVAILABLE = 69;
    private static final Path DOCUMENT = Path.of("src/docs/targets.md");

    private static final String ROUTE =
            """
            - templatedRoute:
                routeTemplateRef: deliver-KIND
                routeId: deliver-to-TARGET
                parameters:
                  - name: target
                    value: TARGET
            """;

    private final Path installation;
    private final Map<String, String> kinds = new TreeMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> expected = new TreeMap<>();
    private final Map<String, String> written = new LinkedHashMap<>();
    private List<String> options = List.of();

    /** Cases of a gateway in this directory. */
    ConnectCases(Path installation) {
        this.installation = installation;
    }

    /** The port of a server, as its properties have it. */
    static String port(TargetServer server) {
        return server.properties().values().stream()
                .filter(value -> value.matches("(.*127\\.0\\.0\\.1:)?[0-9]{4,5}([/?].*)?"))
                .map(value -> value.replaceFirst("(.*127\\.0\\.0\\.1:)?([0-9]{4,5})([/?].*)?", "$2"))
                .findFirst()
                .orElseThrow();
    }

    /** How the lines write something that is different in each run. */
    ConnectCases writing(String text, String instead) {
        written.put(text, instead);
        return this;
    }

    /**
     * A target with the right properties of a server, but for these, and what the check says of it: a line without the
     * target's name that begins with {@code ok} if it is reached.
     */
    ConnectCases target(String kind, String wrong, TargetServer server, Map<String, String> different, String line) {
        Map<String, String> given = new TreeMap<>();
        server.properties()
                .forEach((name, value) -> given.put(name.replaceFirst("^([a-z]+\\.){2}[a-z0-9]+\\.", ""), value));
        given.putAll(different);
        return target(kind, wrong, given, line);
    }

    /** A target with these properties. */
    ConnectCases target(String kind, String wrong, Map<String, String> given, String line) {
        String target = kind + "x" + wrong;
        kinds.put(target, kind);
        properties.put("framegate.deliver." + target + ".enabled", "true");
        given.forEach((name, value) -> properties.put("framegate.deliver." + target + "." + name, value));
        expected.put(wrong, line.startsWith("ok  ") ? "ok  " + kind + ": " + line.substring(4) : kind + ": " + line);
        return this;
    }

    /** Runs the check as a process with these options of Java. */
    ConnectCases inAProcess(String... given) {
        options = List.of(given);
        return this;
    }

    /** Runs the check, with a time that no target needs. */
    void check() throws IOException {
        Map<String, String> lines = checkLines();
        String kind = kinds.values().iterator().next();
        assertThat(Files.readAllLines(DOCUMENT))
                .filteredOn(row -> row.matches("\\| .* \\| `(ok  )?" + kind + ": .*"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(lines.values()).contains(row.replaceFirst(".* \\| `(.*)` \\|", "$1")));
    }

    /** The same without a look into the documentation. */
    Map<String, String> checkLines() throws IOException {
        Map<String, String> lines = new TreeMap<>();
        for (String line : output().lines().toList()) {
            kinds.forEach((target, kind) -> {
                if (line.matches("(ok  )?" + target + ": .*")) {
                    lines.put(target.replaceFirst("^" + kind + "x", ""), documented(line.replace(target, kind)));
                }
            });
        }
        assertThat(lines).containsExactlyInAnyOrderEntriesOf(expected);
        return lines;
    }

    private String documented(String line) {
        String text = line;
        for (Map.Entry<String, String> each : written.entrySet()) {
            text = text.replace(each.getKey(), each.getValue());
        }
        return text.replaceAll("trust store [^ ;]+/cacerts", "trust store .../cacerts");
    }

    private String output() throws IOException {
        Path routes = Files.createDirectories(installation.resolve("routes"));
        try (Stream<Path> shipped = Files.list(Path.of("routes"))) {
            for (Path file : shipped.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        for (Map.Entry<String, String> target : kinds.entrySet()) {
            Files.writeString(
                    routes.resolve("deliver-" + target.getKey() + ".camel.yaml"),
                    ROUTE.replace("KIND", target.getValue()).replace("TARGET", target.getKey()));
        }
        List<String> lines = new ArrayList<>();
        properties.forEach((name, value) -> lines.add(name + "=" + value));
        Path file = Files.write(installation.resolve("application.properties"), lines);
        String[] arguments = {
            "--connect", "--connect-timeout=20s", "--config=" + file, "--routes=" + routes, "--data=" + installation
        };
        StringWriter out = new StringWriter();
        int exit = options.isEmpty() ? executeHere(arguments, out) : execute(arguments, out);
        assertThat(exit).as(out.toString()).isEqualTo(UNAVAILABLE);
        assertThat(out.toString()).doesNotContain("test-secret");
        return out.toString();
    }

    /** Without the properties of the tests themselves: the command would refuse them as unknown. */
    private static int executeHere(String[] arguments, StringWriter out) {
        Properties ofTests = System.getProperties();
        Properties others = new Properties();
        ofTests.stringPropertyNames().stream()
                .filter(name -> !name.startsWith("framegate."))
                .forEach(name -> others.setProperty(name, ofTests.getProperty(name)));
        System.setProperties(others);
        try {
            return new CommandLine(new CheckCommand())
                    .setOut(new PrintWriter(out))
                    .execute(arguments);
        } finally {
            System.setProperties(ofTests);
        }
    }

    private int execute(String[] arguments, StringWriter out) throws IOException {
        List<String> command = FramegateJar.command(options, "check");
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        out.write(new String(process.getInputStream().readAllBytes(), UTF_8));
        return process.onExit().join().exitValue();
    }

    /** All files below a directory, without directories that are there anyway. */
    static List<String> below(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.map(path -> directory.relativize(path).toString())
                    .filter(path -> !path.isEmpty())
                    .collect(Collectors.toList());
        }
    }
}
