package io.framegate.store;

import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.file.FileOperations;

/**
 * Writes files whole or not at all. Camel's own operations ignore the result of a write, so a short write on a nearly
 * full disk leaves a truncated file. They also query the file system four times for each file. Thread-safe.
 */
final class WholeFileOperations extends FileOperations {

    /** The most bytes of one write: the JDK keeps a direct buffer as large as the largest write for each thread. */
    private static final int SLICE = 256 << 10;

    /** Attempts to create a directory and a file in it while another program deletes empty directories. */
    private static final int ATTEMPTS = 100;

    private final StoreEndpoint endpoint;

    WholeFileOperations(StoreEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** Saves two queries: a temporary file may be overwritten, and a numbered name is known to be free. */
    @Override
    public boolean existsFile(String name) {
        return !TemporaryFiles.isTemporary(name) && endpoint.getNumbers() == null && super.existsFile(name);
    }

    @Override
    public boolean storeFile(String name, Exchange exchange, long size) {
        try {
            Path file = Path.of(name);
            write(file, content(exchange.getMessage()));
            if (!endpoint.getPermissions().isEmpty()) {
                Files.setPosixFilePermissions(file, endpoint.getPermissions());
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] content(Message message) throws IOException {
        Object body = message.getBody();
        if (body instanceof byte[] bytes) {
            return bytes;
        }
        if (body == null && endpoint.isAllowNullBody()) {
            return new byte[0];
        }
        byte[] content = endpoint.getCharset() == null || body == null
                ? message.getBody(byte[].class)
                : message.getBody(String.class).getBytes(endpoint.getCharset());
        if (content == null) {
            throw new IOException(
                    "body: " + (body == null ? "none" : body.getClass().getName())
                            + " (expected: bytes, or a type that becomes bytes)");
        }
        return content;
    }

    @Override
    public boolean renameFile(String from, String to) {
        try {
            Files.move(Path.of(from), Path.of(to), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            deleteFile(from);
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file and creates missing directories. After a failure the file does not exist. */
    void write(Path file, byte[] content) throws IOException {
        Path root = endpoint.getFile().toPath();
        for (int attempt = 1; ; attempt++) {
            try {
                if (attempt > 1) {
                    Path parent = file.resolveSibling("").normalize();
                    if (!Files.isDirectory(root)) {
                        durability().makeRoot(root);
                    }
                    Files.createDirectories(parent);
                    durability().made(root, parent);
                }
                writeAll(file, content);
                return;
            } catch (NoSuchFileException directoryMissing) {
                // The directory does not exist yet, or another program deleted it before it had a file.
                if (attempt == ATTEMPTS) {
                    throw directoryMissing;
                }
            } catch (FileAlreadyExistsException inTheWay) {
                // A file is in the place of a directory, unless the directory was deleted while it was being created.
                if (attempt == ATTEMPTS || Files.exists(Path.of(inTheWay.getFile()), LinkOption.NOFOLLOW_LINKS)) {
                    throw inTheWay;
                }
            }
        }
    }

    private void writeAll(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.position() < content.length) {
                // A nearly full disk writes a part of the buffer and reports that only by the result.
                rest.limit(Math.min(rest.position() + SLICE, content.length));
                if (channel.write(rest) == 0) {
                    throw new FileSystemException(file.toString(), null, "no byte could be written");
                }
            }
            durability().content(channel);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    private Durability durability() {
        return endpoint.getDurability();
    }
}
