package io.framegate.outbox.deliver.connect;

import io.framegate.outbox.deliver.Addresses;
import io.framegate.settings.Numbers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.EndpointAware;
import org.apache.camel.Route;
import org.apache.camel.component.file.FileEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Tries to reach each target once, all at the same time, through the endpoint to which its route delivers. The routes
 * need not run.
 */
final class ConnectionCheck {

    /** By the scheme of the endpoint. The client of a target is not loaded before it is tried. */
    private static final Map<String, Supplier<Trial>> TRIALS = Map.of(
            "file", FileTrial::new,
            "ftp", FtpTrial::new,
            "ftps", FtpTrial::new,
            "sftp", SftpTrial::new,
            "aws2-s3", S3Trial::new,
            "jms", JmsTrial::new,
            "amqp", JmsTrial::new,
            "kafka", KafkaTrial::new,
            "paho-mqtt5", MqttTrial::new,
            "http", HttpTrial::new);

    private final CamelContext context;
    private final UnaryOperator<Path> directories;
    private final Duration limit;

    /**
     * A check of a context with routes.
     *
     * @param directories returns the directory to try in place of a directory in a route
     * @param limit the maximum time for a target
     */
    ConnectionCheck(CamelContext context, UnaryOperator<Path> directories, Duration limit) {
        this.context = context;
        this.directories = directories;
        this.limit = limit;
    }

    /** One line for an operator, without secrets. */
    record Result(String line, boolean reached) {}

    /** One result for each endpoint of these targets, in their order. Takes the limit and some seconds at most. */
    List<Result> results(Collection<String> targets) {
        List<CompletableFuture<Result>> running = new ArrayList<>();
        // A client may hang for longer than the limit.
        Executor threads = attempt -> {
            Thread thread = new Thread(attempt, "framegate-connect");
            thread.setDaemon(true);
            thread.start();
        };
        for (String target : targets) {
            TargetProperties properties = new TargetProperties(target, this::property, directories);
            List<Endpoint> endpoints = endpoints(target);
            if (endpoints.isEmpty()) {
                running.add(CompletableFuture.completedFuture(new Result(
                        "ok  " + target + ": not tried, because its routes have no known kind of target", true)));
            }
            for (Endpoint endpoint : endpoints) {
                running.add(CompletableFuture.supplyAsync(() -> result(endpoint, properties, threads), threads));
            }
        }
        return running.stream().map(CompletableFuture::join).toList();
    }

    private Result result(Endpoint endpoint, TargetProperties properties, Executor threads) {
        String place = place(endpoint, properties);
        String target = properties.target() + ": " + place;
        CompletableFuture<String> attempt = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                attempt.complete(trial(endpoint).attempt(endpoint, properties));
            } catch (Exception | LinkageError e) {
                attempt.completeExceptionally(e);
            }
        });
        Throwable failure;
        try {
            return new Result(
                    "ok  " + target + (place.isEmpty() ? "" : ", ")
                            + attempt.get(limit.toMillis(), TimeUnit.MILLISECONDS),
                    true);
        } catch (ExecutionException e) {
            failure = Objects.requireNonNullElse(e.getCause(), e);
        } catch (TimeoutException e) {
            failure = new TimeoutException("no answer within " + Numbers.timeText(limit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = e;
        }
        return new Result(
                target + (place.isEmpty() ? "" : ": ") + new Diagnosis(scheme(endpoint), properties).of(failure),
                false);
    }

    private static String place(Endpoint endpoint, TargetProperties properties) {
        if (endpoint instanceof FileEndpoint) {
            // The text of the result already has the directory.
            return "";
        }
        String addresses = Addresses.of(properties::get).toString();
        if (!addresses.isEmpty()) {
            return addresses;
        }
        return scheme(endpoint).equals("aws2-s3") ? "AWS, region " + properties.get("region") : scheme(endpoint);
    }

    private String property(String name) {
        return context.resolvePropertyPlaceholders("{{" + name + ":}}");
    }

    /** The endpoints of known kinds to which the routes of a target deliver. */
    private List<Endpoint> endpoints(String target) {
        return context.getRoutes().stream()
                .filter(route -> isOf(route, target))
                .flatMap(route -> route.filter("*").stream())
                .map(step -> step instanceof EndpointAware sends ? sends.getEndpoint() : null)
                .filter(ConnectionCheck::isKnown)
                .distinct()
                .toList();
    }

    private static boolean isOf(Route route, String target) {
        // Camel writes outbox://ftp.
        return route.getEndpoint()
                .getEndpointBaseUri()
                .replaceFirst("^outbox:/*", "")
                .equals(target);
    }

    private static boolean isKnown(@Nullable Endpoint endpoint) {
        return endpoint != null && TRIALS.containsKey(scheme(endpoint));
    }

    private static String scheme(Endpoint endpoint) {
        String uri = endpoint.getEndpointUri();
        return uri.startsWith("https:") ? "http" : uri.substring(0, uri.indexOf(':'));
    }

    private static Trial trial(Endpoint endpoint) {
        return TRIALS.getOrDefault(scheme(endpoint), FileTrial::new).get();
    }
}
