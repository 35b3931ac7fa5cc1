package io.framegate.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An application that has nothing but the libraries that a listener, a store and an outbox need. */
@Execution(ExecutionMode.CONCURRENT)
class ThinClassPathTest {

    private static final Pattern NEEDED = Pattern.compile(
            "(camel-(api|base|base-engine|bean|browse|cluster|controlbus"
                    + "|core.*|dataformat|dataset|direct|file|health|jackson.*|language|log|management-api|mock|netty|ref|rest"
                    + "|saga|scheduler|seda|stub|support|timer|tooling-model|util.*|validator|xml.*|xpath|xslt|yaml-io)"
                    + "|netty-.*|jackson-.*|woodstox-.*|stax2-.*|slf4j-api|jakarta\\.(xml\\.bind|activation)-api)-[0-9].*\\.jar");

    @TempDir
    private Path directory = Path.of(".");

    /** Stores a body, reads from an outbox, and asks for the parts of a listener. */
    public record Application(Path directory) implements Callable<String> {

        @Override
        public String call() throws Exception {
            DefaultCamelContext context = new DefaultCamelContext(false);
            context.setApplicationContextClassLoader(Application.class.getClassLoader());
            context.build();
            for (String part : new String[] {"images", "quarantine", "outbox", "thumbnail"}) {
                context.getPropertiesComponent()
                        .addInitialProperty("framegate." + part + ".directory", directory.resolve(part) + "");
            }
            context.getPropertiesComponent().addInitialProperty("framegate.deliver.file.enabled", "true");
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .to("store:{{framegate.images.directory}}?numbers=#imageCounter" + "&fileName=image.jpg");
                    from("outbox:file").to("log:delivered");
                }
            });
            try (context) {
                context.start();
                context.createProducerTemplate().sendBody("direct:in", new byte[] {1, 2, 3});
                return Stream.of("connections", "cameraAccess", "inFlight", "wall", "metricsRegistry")
                        .filter(name -> context.getRegistry().lookupByName(name) == null)
                        .collect(Collectors.joining(", "));
            }
        }
    }

    /** Camel Main with the shipped routes; the names of those that run. */
    public record ShippedRoutes(Path directory) implements Callable<String> {

        @Override
        public String call() throws Exception {
            Main main = new Main() {
                @Override
                protected CamelContext createCamelContext() {
                    CamelContext context = super.createCamelContext();
                    context.setApplicationContextClassLoader(ShippedRoutes.class.getClassLoader());
                    return context;
                }
            };
            main.setShutdownStrategy(new SimpleMainShutdownStrategy());
            main.configure().withAutoStartup(false).withAutoConfigurationLogSummary(false);
            main.addInitialProperty("camel.main.routesIncludePattern", "file:routes/*.camel.yaml");
            for (String part : new String[] {"images", "quarantine", "outbox", "thumbnail"}) {
                main.addInitialProperty("framegate." + part + ".directory", directory.resolve(part) + "");
            }
            main.start();
            try {
                return main.getCamelContext().getRoutes().stream()
                        .map(Route::getRouteId)
                        .filter(id -> id.matches("receive-cameras|deliver-to-.*"))
                        .collect(Collectors.joining(", "));
            } finally {
                main.stop();
            }
        }
    }

    /** Runs it with these libraries. */
    private Object run(Class<?> application, Pattern libraries) throws Exception {
        URL[] urls = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(entry -> Files.isDirectory(entry)
                        || libraries.matcher(entry.getFileName().toString()).matches())
                .map(ThinClassPathTest::url)
                .toArray(URL[]::new);
        ClassLoader all = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader thin = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(thin);
            Object made = thin.loadClass(application.getName())
                    .getConstructor(Path.class)
                    .newInstance(directory);
            return ((Callable<?>) made).call();
        } finally {
            Thread.currentThread().setContextClassLoader(all);
        }
    }

    @Test
    void routesOfTargetsThatAreOffNeedNoLibraryOfTheTarget() throws Exception {
        Pattern libraries = Pattern.compile(
                NEEDED + "|(camel-(main|dsl-support|yaml-dsl.*)|snakeyaml-engine|micrometer-(core|commons|observation))"
                        + "-[0-9].*\\.jar");

        assertThat(run(ShippedRoutes.class, libraries)).isEqualTo("receive-cameras");
    }

    @Test
    void partsLiveWithoutLibrariesThatAreOptional() throws Exception {
        assertThat(run(Application.class, NEEDED)).isEqualTo("metricsRegistry");
        try (Stream<Path> stored = Files.list(directory.resolve("images"))) {
            assertThat(stored.map(Path::getFileName).map(Path::toString)).contains("image.jpg");
        }
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
