package io.framegate.store.durable;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * The default file system with a record of all forces, renames, creations and deletions, in their order. Either for
 * paths that are {@link #spied}, or for a whole Java machine:
 * {@code -Djava.nio.file.spi.DefaultFileSystemProvider=io.framegate.store.durable.SpiedFiles} with the file to write to
 * in {@code -Dspied.files}. Forces of paths that {@link #FAILING} names fail, as on a broken disk. Paths that
 * {@link #STUCK} names can be neither written nor truncated.
 */
public final class SpiedFiles extends FileSystemProvider {

    /** Beside the record: while it exists, forces of paths whose end matches this pattern fail. */
    public static final String FAILING = ".failing";

    /**
     * Beside the record: while it exists, paths whose end matches this pattern can be neither written nor truncated.
     */
    public static final String STUCK = ".stuck";

    private final FileSystemProvider real;
    private final String record;
    private final FileSystem fileSystem;

    /** Called by the Java machine at its start. */
    public SpiedFiles(FileSystemProvider real) {
        this(real, System.getProperty("spied.files", "spied.log"));
    }

    private SpiedFiles(FileSystemProvider real, String record) {
        this.real = real;
        this.record = record;
        this.fileSystem = new SpiedFileSystem(this, real.getFileSystem(URI.create("file:///")));
    }

    /** A path whose operations are recorded, also those of all paths derived from it. */
    public static Path spied(Path path, Path record) {
        SpiedFiles spy = new SpiedFiles(path.getFileSystem().provider(), record.toString());
        return SpiedPath.wrap(path, spy.fileSystem);
    }

    synchronized void record(String line) {
        // Uses no paths, because it would record itself.
        try (FileOutputStream out = new FileOutputStream(record, true)) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forced(Path path) throws IOException {
        if (isNamed(path, FAILING)) {
            record("failed " + path);
            throw new IOException("Input/output error");
        }
        record("force " + path);
    }

    void changed(Path path) throws IOException {
        if (isNamed(path, STUCK)) {
            throw new IOException("No space left on device");
        }
    }

    private boolean isNamed(Path path, String control) throws IOException {
        File file = new File(record + control);
        if (!file.exists()) {
            return false;
        }
        try (FileInputStream in = new FileInputStream(file)) {
            String ending = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return !ending.isEmpty() && path.toString().matches(".*" + ending);
        }
    }

    private Path wrap(Path path) {
        return SpiedPath.wrap(path, fileSystem);
    }

    private static Path real(Path path) {
        return SpiedPath.unwrap(path);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return new SpiedChannel(
                real.newFileChannel(real(path), options, attributes), () -> forced(path), () -> changed(path));
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        real.move(real(source), real(target), options);
        record("move " + source + " " + target);
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        real.createDirectory(real(directory), attributes);
        record("mkdir " + directory);
    }

    @Override
    public void delete(Path path) throws IOException {
        real.delete(real(path));
        record("delete " + path);
    }

    @Override
    public String getScheme() {
        return real.getScheme();
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) throws IOException {
        return real.newFileSystem(uri, environment);
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return fileSystem;
    }

    @Override
    public Path getPath(URI uri) {
        return wrap(real.getPath(uri));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return real.newByteChannel(real(path), options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> stream = real.newDirectoryStream(real(directory), path -> filter.accept(wrap(path)));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return SpiedPath.wrap(stream.iterator(), fileSystem);
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }
        };
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        real.copy(real(source), real(target), options);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return real.isSameFile(real(one), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return real.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return real.getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        real.checkAccess(real(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return real.getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return real.readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return real.readAttributes(real(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        real.setAttribute(real(path), attribute, value, options);
    }
}
