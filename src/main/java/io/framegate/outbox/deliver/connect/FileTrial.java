package io.framegate.outbox.deliver.connect;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.FileEndpoint;

/** Tries a directory of this machine. */
final class FileTrial implements Trial {

    @Override
    public String attempt(Endpoint endpoint, TargetProperties properties) throws Exception {
        Path directory = properties
                .directories()
                .apply(((FileEndpoint) endpoint).getFile().toPath());
        return new UploadTrial(new LocalFiles(), properties).attempt(directory.toString());
    }

    /** Describes faults in words: the messages of the exceptions are only the names of the files. */
    private static final class LocalFiles implements UploadPlace {

        @Override
        public boolean has(String directory) {
            return directory.isEmpty() || Files.isDirectory(Path.of(directory));
        }

        @Override
        public void make(String directory) throws IOException {
            saying(() -> Files.createDirectory(Path.of(directory)));
        }

        @Override
        public void remove(String directory) throws IOException {
            Files.delete(Path.of(directory));
        }

        @Override
        public void write(String file) throws IOException {
            saying(() -> Files.write(Path.of(file), new byte[0]));
        }

        @Override
        public void delete(String file) throws IOException {
            saying(() -> {
                Files.delete(Path.of(file));
                return file;
            });
        }

        private interface Step {
            Object run() throws IOException;
        }

        private static void saying(Step step) throws IOException {
            try {
                step.run();
            } catch (AccessDeniedException e) {
                throw new IOException("permission denied", e);
            } catch (FileAlreadyExistsException e) {
                throw new IOException("a file has this name", e);
            } catch (NoSuchFileException e) {
                throw new IOException("no such file or directory", e);
            } catch (FileSystemException e) {
                throw new IOException(Objects.requireNonNullElse(e.getReason(), "not possible"), e);
            }
        }
    }
}
