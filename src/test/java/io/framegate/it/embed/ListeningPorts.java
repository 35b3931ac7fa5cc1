package io.framegate.it.embed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The TCP ports that a process listens on, as Linux lists them in {@code /proc}. */
final class ListeningPorts {

    private static final String LISTENING = "0A";

    private ListeningPorts() {}

    static Set<Integer> of(long process) {
        Path proc = Path.of("/proc", Long.toString(process));
        Set<Integer> ports = new TreeSet<>();
        try {
            Set<String> sockets = sockets(proc.resolve("fd"));
            for (String table : List.of("net/tcp", "net/tcp6")) {
                for (String line : Files.readAllLines(proc.resolve(table))) {
                    // sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode
                    String[] fields = line.strip().split(" +", -1);
                    if (fields[3].equals(LISTENING) && sockets.contains("socket:[" + fields[9] + "]")) {
                        ports.add(HexFormat.fromHexDigits(fields[1].substring(fields[1].indexOf(':') + 1)));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ports;
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> open = Files.list(descriptors)) {
            for (Path descriptor : open.toList()) {
                try {
                    sockets.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException closed) {
                    // Between the list and the look.
                }
            }
        }
        return sockets;
    }
}
