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
 * The gateway's name: what {@code framegate.node} gives, else the name of the host. It is safe in file names, headers
 * and labels: at most {@value #MAX} letters, digits and {@code . _ -}, the first of them a letter or digit.
 */
public final class NodeName {

    private static final int MAX = 63;
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (MAX - 1) + "}");

    /** The kernel's own name of the host, which needs no name server. */
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    /** Java looks the name's address up as well, and a name server may not answer. */
    private static final long LOOKUP_MILLIS = 500;

    private static final String UNKNOWN = "framegate";

    private NodeName() {}

    /** The host's name is asked for once, when it is needed. */
    private static final class Host {
        private static final String NAME = host(System.getenv());
    }

    /** The given name, or the host's if it is empty; refuses a name that is not safe. */
    public static String of(String given) {
        if (given.isEmpty()) {
            return Host.NAME;
        }
        if (!SAFE.matcher(given).matches()) {
            throw new IllegalArgumentException();
        }
        return given;
    }

    /** The same before Camel has resolved placeholders: the host's name instead of one that is not safe. */
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

    /** Replaces all other characters, as in the names of files. */
    static String safe(String name) {
        String safe = name.strip().replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[._-]+", "");
        return safe.length() <= MAX ? safe : safe.substring(0, MAX);
    }
}
