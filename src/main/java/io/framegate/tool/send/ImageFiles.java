package io.framegate.tool.send;

import io.framegate.image.ImageFormat;
import io.framegate.image.ImageTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads an image, or the images of a folder in the order of their names. Needs no FFmpeg. */
final class ImageFiles implements PictureSource {

    private final List<Path> files;
    private final FrameSize size;
    private final ImageTransform transform = new ImageTransform();
    private int next;

    ImageFiles(Path source, FrameSize size, int quality) throws IOException {
        this.size = size;
        transform.setQuality(quality / 100f);
        SourceKind.requireReadable(source, "an image or a folder of images");
        if (Files.isDirectory(source)) {
            try (Stream<Path> all = Files.list(source)) {
                files = all.filter(SourceKind::isImage).sorted().toList();
            }
        } else {
            files = List.of(source);
        }
        if (files.isEmpty()) {
            throw new IOException(
                    "folder: no image in " + source + " (expected: " + ImageFormat.readableTitles() + ")");
        }
    }

    @Override
    public byte @Nullable [] next() throws IOException {
        if (next == files.size()) {
            return null;
        }
        Path file = files.get(next);
        next++;
        try {
            byte[] image = Files.readAllBytes(file);
            return size.isOriginal()
                    ? transform.convert(image, "jpg")
                    : transform.jpeg(image, size.width(), size.height());
        } catch (IOException e) {
            throw new DamagedPictureException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public long length() {
        return files.size();
    }

    @Override
    public void close() {
        // No file is open between two images.
    }
}
