package io.framegate.it.target;

import static org.junit.jupiter.api.Assertions.assertAll;

import io.framegate.it.support.GatewayProcess;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** A server of each kind of target, for one gateway that delivers to all of them. */
final class AllTargets implements AutoCloseable {

    private final Map<Target, TargetServer> servers =
            Collections.synchronizedMap(new EnumMap<Target, TargetServer>(Target.class));

    /** Starts a server of each of these kinds, which have to be targets of different names. */
    AllTargets(Path directory, Target... targets) {
        for (Target target : targets) {
            servers.put(target, target.server(directory.resolve(target.kind())));
        }
        // Some are processes that take seconds to start.
        servers.values().parallelStream().forEach(TargetServer::start);
    }

    /** Switches them on. */
    GatewayProcess enable(GatewayProcess gateway) {
        servers.forEach((target, server) -> {
            set(gateway, "enabled", "true", target);
            server.properties().forEach(gateway::with);
        });
        return gateway;
    }

    /** Switches them on, with passwords, keys and signed addresses in environment variables. */
    GatewayProcess enableSecretly(GatewayProcess gateway) {
        servers.forEach((target, server) -> {
            set(gateway, "enabled", "true", target);
            server.properties().forEach((name, value) -> {
                if (name.endsWith("password") || name.endsWith("secret-key") || name.endsWith("http.url")) {
                    gateway.withVariable(name, value);
                } else {
                    gateway.with(name, value);
                }
            });
        });
        return gateway;
    }

    /** Sets a property of all of them. */
    GatewayProcess set(GatewayProcess gateway, String name, String value) {
        servers.keySet().forEach(target -> set(gateway, name, value, target));
        return gateway;
    }

    private static void set(GatewayProcess gateway, String name, String value, Target target) {
        gateway.with("framegate.deliver." + target.kind() + "." + name, value);
    }

    /** Checks all of them, and says which did not hold. */
    void check(BiConsumer<Target, TargetServer> check) {
        check(servers.entrySet().stream(), check);
    }

    /** The same of all but one. */
    void checkBut(Target but, BiConsumer<Target, TargetServer> check) {
        check(servers.entrySet().stream().filter(one -> one.getKey() != but), check);
    }

    private static void check(Stream<Map.Entry<Target, TargetServer>> servers, BiConsumer<Target, TargetServer> check) {
        assertAll(servers.map(one -> () -> {
            try {
                check.accept(one.getKey(), one.getValue());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(one.getKey() + ": " + e.getMessage(), e);
            }
        }));
    }

    @Override
    public void close() {
        servers.values().forEach(TargetServer::close);
    }
}
