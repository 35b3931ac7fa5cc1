package io.framegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.framegate.it.support.FramegateJar;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar says which libraries it has, in the two forms that scanners for advisories read. */
class JarIT {

    private static final String BILL = "META-INF/sbom/framegate.cdx.json";

    /** Libraries that have these inside do not depend on them. */
    private static final Set<String> INSIDE_OTHERS =
            Set.of("isorelax", "jakarta.json-api", "johnzon-core", "jctools-core", "xsdlib");

    @Test
    void bundledLibrariesKeepTheirNames() throws IOException {
        try (JarFile jar = new JarFile(FramegateJar.PATH.toFile())) {
            assertThat(named(jar))
                    .hasSizeGreaterThan(100)
                    .anyMatch(library -> library.startsWith("pkg:maven/io.netty/netty-handler@"))
                    .anyMatch(library -> library.startsWith("pkg:maven/ch.qos.logback/logback-core@"));
        }
    }

    @Test
    void billOfMaterialsHasEveryBundledLibrary() throws IOException {
        try (JarFile jar = new JarFile(FramegateJar.PATH.toFile())) {
            JarEntry bill = jar.getJarEntry(BILL);
            // Maven makes it only while it is online.
            assumeFalse(bill == null && "offline=true".equals(System.getProperty("framegate.build")));
            assertThat(bill).as(BILL).isNotNull();
            assertThat(jar.getManifest().getMainAttributes().getValue("Sbom-Location"))
                    .isEqualTo(BILL);
            Set<String> listed = new TreeSet<>();
            try (InputStream in = jar.getInputStream(bill)) {
                JsonNode document = JsonMapper.builder().build().readTree(in);
                listed.add(purl(document.path("metadata").path("component")));
                document.path("components").forEach(library -> listed.add(purl(library)));
                assertThat(document.path("components")).allMatch(JarIT::hasOneHash);
            }
            Set<String> named = named(jar);
            named.removeIf(library -> INSIDE_OTHERS.stream().anyMatch(inside -> library.contains("/" + inside + "@")));
            assertThat(listed)
                    .containsAll(named)
                    .anyMatch(library -> library.startsWith("pkg:maven/org.apache.kafka/kafka-clients@"))
                    .noneMatch(library -> library.contains("/assertj-core@"));
        }
    }

    private static boolean hasOneHash(JsonNode component) {
        JsonNode hashes = component.path("hashes");
        return hashes.size() == 1 && hashes.path(0).path("alg").asText().equals("SHA-256");
    }

    private static String purl(JsonNode component) {
        return component.path("purl").asText().replaceFirst("\\?.*", "");
    }

    /** The libraries whose {@code pom.properties} are in the jar. */
    private static Set<String> named(JarFile jar) throws IOException {
        Set<String> named = new TreeSet<>();
        List<JarEntry> files = Collections.list(jar.entries());
        files.removeIf(file -> !file.getName().matches("META-INF/maven/[^/]+/[^/]+/pom\\.properties"));
        for (JarEntry file : files) {
            Properties library = new Properties();
            try (InputStream in = jar.getInputStream(file)) {
                library.load(in);
            }
            named.add("pkg:maven/" + library.getProperty("groupId") + "/" + library.getProperty("artifactId") + "@"
                    + library.getProperty("version"));
        }
        return named;
    }
}
