package io.framegate.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.suggest.CatalogSuggestionStrategy;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Camel's own catalog, with the components that tools find in the jar, checks options and the shipped routes. */
@Execution(ExecutionMode.CONCURRENT)
class CamelCatalogTest {

    private static final String SERVICES = "META-INF/services/org/apache/camel/";

    private static final CamelCatalog CATALOG = catalog();

    /** It is large, and read once. */
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(text("schema/camelYamlDsl.json"));

    /** Adds all components that {@code component.properties} lists, by the files that the build generates. */
    private static CamelCatalog catalog() {
        CamelCatalog catalog = new DefaultCamelCatalog();
        catalog.setSuggestionStrategy(new CatalogSuggestionStrategy());
        for (String scheme :
                properties("component.properties").getProperty("components").split(" ", -1)) {
            String type = properties("component/" + scheme).getProperty("class");
            String folder = type.substring(0, type.lastIndexOf('.')).replace('.', '/');
            catalog.addComponent(scheme, type, text("META-INF/" + folder + "/" + scheme + ".json"));
        }
        return catalog;
    }

    private static Properties properties(String service) {
        Properties properties = new Properties();
        try (InputStream in = resource(SERVICES + service)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static String text(String path) {
        try (InputStream in = resource(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String path) {
        return Objects.requireNonNull(CamelCatalogTest.class.getResourceAsStream("/" + path), path);
    }

    private static EndpointValidationResult validate(String uri) {
        return CATALOG.validateEndpointProperties(uri);
    }

    @ParameterizedTest
    @CsvSource({
        "camera:0.0.0.0:1?maxFrameLenght=1, maxFrameLenght, maxFrameLength",
        "camera:0.0.0.0:1?trustedProxy=10.0.0.0/8, trustedProxy, trustedProxies",
        "camera:0.0.0.0:1?backlock=5, backlock, backlog",
        "outbox:ftp?concurency=3, concurency, concurrency",
        "frames:a.mp4?qualty=80, qualty, quality",
        "store:images?durabilty=x, durabilty, durability"
    })
    void misspeltOptionIsRefusedWithASuggestion(String uri, String option, String suggested) {
        EndpointValidationResult result = validate(uri);
        assertThat(result.isSuccess()).isFalse();
        assertThat(result.getUnknown()).containsExactly(option);
        assertThat(result.getUnknownSuggestions().get(option)).contains(suggested);
    }

    @ParameterizedTest
    @CsvSource({
        "camera:0.0.0.0:1?maxInFlight=two, maxInFlight",
        "camera:0.0.0.0:1?rejects=away, rejects",
        "camera:0.0.0.0:1?split=perhaps, split",
        "camera:0.0.0.0:1?frameDeadline=soon, frameDeadline",
        "outbox:ftp?tooLarge=drop, tooLarge",
    })
    void valueOfAnotherTypeIsRefused(String uri, String option) {
        EndpointValidationResult result = validate(uri);
        assertThat(result.isSuccess()).isFalse();
        Set<String> refused = new HashSet<>();
        Stream.of(
                        result.getInvalidBoolean(),
                        result.getInvalidInteger(),
                        result.getInvalidEnum(),
                        result.getInvalidDuration())
                .filter(Objects::nonNull)
                .forEach(options -> refused.addAll(options.keySet()));
        assertThat(refused).containsExactly(option);
    }

    @ParameterizedTest
    @CsvSource({
        "'camera:0.0.0.0:18000?split=true&maxInFlight=4&frameDeadline=10s&format=jpeg&rejects=route'",
        "'camera:0.0.0.0:18000?ssl=true&sslContextParameters=#tls&backlog=1024&workerGroup=#group'",
        "'camera:{{host}}:{{port}}?user={{user}}'"
    })
    void rightOptionsAreAccepted(String uri) {
        assertThat(validate(uri).isSuccess())
                .as(validate(uri).summaryErrorMessage(false))
                .isTrue();
    }

    @Test
    void optionsThatWouldDoNothingAreNotOffered() {
        assertThat(CATALOG.componentModel("camera").getEndpointOptions())
                .extracting(BaseOptionModel::getName)
                .contains("ssl", "backlog", "workerGroup")
                .doesNotContain("decoders", "sync", "textline", "clientMode", "requestTimeout", "producerPoolEnabled");
    }

    static List<Path> routeFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void endpointsOfShippedRoutesAreValid(Path file) throws IOException {
        List<String> uris = new ArrayList<>();
        collect(new YAMLMapper().readTree(Files.readString(file)), uris);
        assertThat(uris).allSatisfy(uri -> {
            EndpointValidationResult result = validate(uri);
            assertThat(result.isSuccess())
                    .as(uri + ": " + result.summaryErrorMessage(false))
                    .isTrue();
        });
    }

    @Test
    void shippedRoutesHaveEndpoints() throws IOException {
        List<String> uris = new ArrayList<>();
        for (Path file : routeFiles()) {
            collect(new YAMLMapper().readTree(Files.readString(file)), uris);
        }
        assertThat(uris)
                .anyMatch(uri -> uri.startsWith("netty:"))
                .anyMatch(uri -> uri.startsWith("store:"))
                .anyMatch(uri -> uri.startsWith("outbox:"))
                .anyMatch(uri -> uri.startsWith("ftps:"));
    }

    private static void collect(JsonNode node, List<String> uris) {
        if (node.path("uri").isTextual()) {
            StringBuilder uri = new StringBuilder(node.get("uri").asText());
            char separator = uri.indexOf("?") < 0 ? '?' : '&';
            for (Map.Entry<String, JsonNode> option : node.path("parameters").properties()) {
                String value = option.getValue().asText();
                String raw = value.startsWith("RAW(") || value.startsWith("#") ? value : "RAW(" + value + ")";
                uri.append(separator).append(option.getKey()).append('=');
                uri.append(value.matches("[\\w{}.#?-]*") ? value : raw);
                separator = '&';
            }
            addTo(uris, uri.toString());
        }
        node.forEach(child -> collect(child, uris));
    }

    /** The target ftp has one of two schemes, and the options that a placeholder leaves out only with one of them. */
    private static void addTo(List<String> uris, String uri) {
        if (uri.startsWith("{{scheme-")) {
            uris.add(uri.replaceFirst("^[^:]*", "ftps").replaceAll("=\\{\\{\\?trust[^&]*", "=#ftpTls"));
            uris.add(uri.replaceFirst("^[^:]*", "ftp").replaceAll("[?&][^=&]*=\\{\\{\\?[^&]*", ""));
        } else {
            uris.add(uri);
        }
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void shippedRoutesAreValidYamlOfCamel(Path file) throws IOException {
        assertThat(SCHEMA.validate(new YAMLMapper().readTree(Files.readString(file))))
                .isEmpty();
    }
}
