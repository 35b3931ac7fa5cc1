package io.framegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.FramegateJar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What a project gets that depends on {@code io.framegate:framegate}: the gateway's own classes, and few libraries. */
class ThinJarIT {

    private static final Path JAR =
            Path.of(System.getProperty("framegate.thin.jar", "target/framegate-0.1.0-SNAPSHOT.jar"));

    private static final long MOST_BYTES = 1_500_000;

    /** What is needed for a listener, a store and an outbox. */
    private static final Set<String> NEEDED = Set.of(
            "io.netty:netty-codec-haproxy",
            "io.netty:netty-codec-http",
            "org.apache.camel:camel-core",
            "org.apache.camel:camel-file",
            "org.apache.camel:camel-jackson",
            "org.apache.camel:camel-jacksonxml",
            "org.apache.camel:camel-netty");

    @Test
    void mainArtefactIsSmall() throws IOException {
        assertThat(Files.size(JAR)).isLessThanOrEqualTo(MOST_BYTES);
    }

    @Test
    void hasNoClassOfOthers() throws IOException {
        assertThat(names())
                .contains("io/framegate/store/StoreComponent.class")
                .filteredOn(name -> name.endsWith(".class"))
                .allMatch(name -> name.startsWith("io/framegate/"));
    }

    @Test
    void leavesCommandsToTheRunnableJar() throws IOException {
        String[] commands = {
            "io/framegate/outbox/deliver/connect/ConnectionCheck.class",
            "io/framegate/tool/replay/ReplayCommand.class",
            "io/framegate/tool/init/InitCommand.class",
            "io/framegate/tool/send/SendCommand.class",
            "io/framegate/tool/simulate/SimulateCommand.class"
        };
        assertThat(names()).doesNotContain(commands);
        try (JarFile runnable = new JarFile(FramegateJar.PATH.toFile())) {
            assertThat(commands).allMatch(name -> runnable.getEntry(name) != null);
        }
    }

    @Test
    void hasEachRouteFileOnce() throws IOException {
        assertThat(names())
                .filteredOn(name -> name.endsWith(".camel.yaml"))
                .extracting(name -> name.substring(name.lastIndexOf('/') + 1))
                .doesNotHaveDuplicates();
    }

    /** Where Spring Boot looks for the bill of its application. */
    @Test
    void takesNotTheNameOfItsHostsBillOfMaterials() throws IOException {
        assertThat(names()).doesNotContain("META-INF/sbom/application.cdx.json", "META-INF/sbom/bom.json");
    }

    @Test
    void onlyWhatAListenerAndAStoreNeedIsNotOptional() throws Exception {
        Map<String, Boolean> optional = new HashMap<>();
        for (Element dependency : children(child(pom(), "dependencies"))) {
            if (text(dependency, "scope").isEmpty()) {
                optional.put(
                        text(dependency, "groupId") + ":" + text(dependency, "artifactId"),
                        Boolean.valueOf(text(dependency, "optional")));
            }
        }
        assertThat(optional)
                .containsEntry("ch.qos.logback:logback-classic", true)
                .hasSizeGreaterThan(25);
        optional.values().removeIf(flag -> flag);
        assertThat(optional.keySet()).containsExactlyInAnyOrderElementsOf(NEEDED);
    }

    @Test
    void pomHasWhatMavenCentralAsksFor() throws Exception {
        Element pom = pom();
        for (String name : List.of("name", "description", "url")) {
            assertThat(text(pom, name)).as(name).isNotBlank();
        }
        assertThat(children(child(pom, "licenses")))
                .singleElement()
                .satisfies(licence -> assertThat(text(licence, "name")).isEqualTo("Apache-2.0"));
        assertThat(children(child(pom, "developers")))
                .singleElement()
                .satisfies(developer -> assertThat(text(developer, "name")).isNotBlank());
        assertThat(text(child(pom, "scm"), "connection")).startsWith("scm:git:");
        assertThat(text(child(pom, "scm"), "url")).isNotBlank();
        assertThat(text(child(pom, "issueManagement"), "url")).isNotBlank();
    }

    /** As Maven has installed it for the projects in {@code src/it}. */
    @Test
    void runnableJarHasAClassifier() throws IOException {
        Path version = Path.of("target/it-repository/io/framegate/framegate");
        try (var files = Files.walk(version)) {
            List<Path> runner = files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .toList();
            assertThat(runner).singleElement().satisfies(file -> assertThat(Files.mismatch(file, FramegateJar.PATH))
                    .isEqualTo(-1));
        }
    }

    private static Set<String> names() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Set<String> names = new TreeSet<>();
            jar.stream().map(JarEntry::getName).forEach(names::add);
            return names;
        }
    }

    private static Element pom() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile());
                InputStream in = jar.getInputStream(jar.getEntry("META-INF/maven/io.framegate/framegate/pom.xml"))) {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getDocumentElement();
        }
    }

    private static List<Element> children(Element parent) {
        NodeList all = parent.getChildNodes();
        return IntStream.range(0, all.getLength())
                .mapToObj(all::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }

    private static Element child(Element parent, String name) {
        return children(parent).stream()
                .filter(element -> element.getTagName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + parent.getTagName()));
    }

    private static String text(Element parent, String name) {
        return children(parent).stream()
                .filter(element -> element.getTagName().equals(name))
                .map(Node::getTextContent)
                .findFirst()
                .orElse("");
    }
}
