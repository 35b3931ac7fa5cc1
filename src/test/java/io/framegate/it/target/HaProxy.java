package io.framegate.it.target;

import static io.framegate.it.support.Eventually.eventually;

import io.framegate.it.support.GatewayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** HAProxy as this machine has it. Its connections take turns at the gateways that are ready. */
public final class HaProxy implements AutoCloseable {

    private final int port = GatewayProcess.freePort();
    private final ServerProcess process;

    /** Starts it before gateways with these ports: for cameras, and for its question whether the gateway is ready. */
    public HaProxy(Path directory, Map<Integer, Integer> gateways) {
        String servers = gateways.entrySet().stream()
                .map(gateway -> "    server gateway-" + gateway.getKey() + " 127.0.0.1:" + gateway.getKey() + " port "
                        + gateway.getValue() + "\n")
                .collect(Collectors.joining());
        String text =
                """
                defaults
                    mode tcp
                    maxconn 4000
                    timeout connect 5s
                    timeout client 10m
                    timeout server 10m
                frontend cameras
                    bind 127.0.0.1:{port}
                    default_backend gateways
                backend gateways
                    balance roundrobin
                    option redispatch
                    option httpchk GET /observe/health/ready
                    default-server inter 1s fall 2 rise 2 send-proxy-v2 check
                """
                                .replace("{port}", port + "")
                        + servers;
        try {
            Path file = Files.writeString(Files.createDirectories(directory).resolve("haproxy.cfg"), text);
            process = ServerProcess.of(
                    directory, List.of(ServerProcess.program("haproxy"), "-db", "-f", file.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        eventually("HAProxy listens").until(() -> process.listens(port));
    }

    public static boolean isInstalled() {
        return !ServerProcess.program("haproxy").isEmpty();
    }

    /** The port for cameras. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.close();
    }
}
