package io.framegate.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.GatewayProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway for the tests of one class, and the wall of it in the one browser of all classes. Without a browser the
 * class is skipped, and the build says so; with {@code -Dframegate.browser=required} it fails. After each test the
 * browser must have complained of nothing and asked no other host.
 */
final class OpenWall
        implements ExecutionCondition, BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final Logger LOG = LoggerFactory.getLogger(OpenWall.class);
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(OpenWall.class);

    private final UnaryOperator<GatewayProcess> settings;
    private @Nullable GatewayProcess gateway;
    private @Nullable Browser browser;
    private @Nullable WallPage page;
    private @Nullable Path directory;
    private String login = "";
    private boolean mayLoseConnection;

    /** Of a gateway with these settings. */
    OpenWall(UnaryOperator<GatewayProcess> settings) {
        this.settings = settings;
    }

    /** Asks with {@code user:password@} before the host. */
    OpenWall withLogin(String userAndPassword) {
        login = userAndPassword + "@";
        return this;
    }

    /** The gateway goes away in these tests: that requests fail meanwhile is no fault of the page. */
    OpenWall losingItsConnection() {
        mayLoseConnection = true;
        return this;
    }

    GatewayProcess gateway() {
        return Objects.requireNonNull(gateway);
    }

    Browser browser() {
        return Objects.requireNonNull(browser);
    }

    WallPage page() {
        return Objects.requireNonNull(page);
    }

    /** A camera that sends to this gateway. */
    WallCamera camera(int number, String name) {
        return new WallCamera(gateway(), number, name);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Browser.missing().isEmpty() || "required".equals(System.getProperty("framegate.browser"))) {
            return ConditionEvaluationResult.enabled("there is a browser, or must be");
        }
        String reason = "browser tests did not run: " + Browser.missing().get();
        context.getRoot().getStore(OURS).getOrComputeIfAbsent("said", key -> {
            LOG.warn(reason);
            return true;
        });
        return ConditionEvaluationResult.disabled(reason);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Browser.missing().ifPresent(missing -> {
            throw new AssertionError("browser: " + missing + " (expected: both, -Dframegate.browser=required)");
        });
        directory = Files.createTempDirectory("framegate-wall");
        gateway = settings.apply(new GatewayProcess(directory.resolve("gateway")));
        gateway.start();
        browser = context.getRoot()
                .getStore(OURS)
                .getOrComputeIfAbsent(Browser.class, key -> Browser.start(), Browser.class);
        page = new WallPage(browser.driver(), "http://" + login + "127.0.0.1:" + gateway.webPort() + "/");
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        page().open("");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(browser().complaints())
                .as("complaints of the browser")
                .filteredOn(complaint -> !mayLoseConnection || !complaint.contains("net::ERR_"))
                .isEmpty();
        String host = "127.0.0.1:" + gateway().webPort();
        assertThat(browser().requests())
                .as("hosts that were asked")
                .filteredOn(request -> request.startsWith("http"))
                .isNotEmpty()
                .allSatisfy(request ->
                        assertThat(URI.create(request).getAuthority()).endsWith(host));
    }

    /** The browser forgets the page, so that it costs other tests nothing. */
    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        try {
            if (browser != null) {
                browser.driver().get("about:blank");
            }
        } finally {
            if (gateway != null) {
                gateway.close();
            }
            if (directory != null) {
                delete(directory);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
