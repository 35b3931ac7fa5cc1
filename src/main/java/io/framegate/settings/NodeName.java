package io.framegate.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The gateway's name: the value of {@code framegate.node}, else the host name. It is safe in file names, headers and
 * labels: at most {@value #MAX} letters, digits and {@code . _ -}. The first character is a letter or digit.
 */
public final class NodeName {

    private static final int MAX = 63;
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (MAX - 1) + "}");

    /** The host name from the kernel, which needs no name server. */
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    /** Java also resolves the address of the name, and a name server may not answer. */
    private static final long LOOKUP_MILLIS = 500;

    private static final String UNKNOWN = "framegate";

    private NodeName() {}

    /** Reads the host name once, on first use. */
    private static final class Host {
        private static final String NAME = host(System.getenv());
    }

    /** Returns the given name, or the host name if it is empty. Refuses an unsafe name. */
    public static String of(String given) {
        if (given.isEmpty()) {
            return Host.NAME;
        }
        if (!SAFE.matcher(given).matches()) {
            throw new IllegalArgumentException();
        }
        return given;
    }

    /**
     * Returns the given name, or the host name if it is empty or unsafe. For use before Camel has resolved
     * placeholders.
     */
    public static String orHost(String given) {
        return SAFE.matcher(given).matches() ? given : Host.NAME;
    }

    static String host(Map<String, String> variables) {
        return Stream.of(variables.get("HOSTNAME"), variables.get("COMPUTERNAME"))
                .flatMap(Stream::ofNullable)
                .map(NodeName::safe)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .or(() -> Optional.of(safe(kernel())).filter(name -> !name.isEmpty()))
                .orElseGet(NodeName::lookedUp);
    }

    private static String kernel() {
        try {
            return Files.exists(KERNEL) ? Files.readString(KERNEL) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static String lookedUp() {
        CompletableFuture<String> name = new CompletableFuture<>();
        Thread lookup = new Thread(() -> name.complete(local()), "framegate-node");
        lookup.setDaemon(true);
        lookup.start();
        return name.completeOnTimeout(UNKNOWN, LOOKUP_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static String local() {
        try {
            String name = safe(InetAddress.getLocalHost().getHostName());
            return name.isEmpty() ? UNKNOWN : name;
        } catch (UnknownHostException e) {
            return UNKNOWN;
        }
    }

    /** Replaces unsafe characters, as in file names. */
    static String safe(String name) {
        String safe = name.strip().replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[._-]+", "");
        return safe.length() <= MAX ? safe : safe.substring(0, MAX);
    }
}
