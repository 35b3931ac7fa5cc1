package io.framegate.worker;

import io.framegate.event.PeerText;
import io.framegate.worker.WrongDeliveryException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides which references of documents a worker reads. Refuses all others, because anyone who can write to the broker
 * can write any reference.
 *
 * <pre>
 * s3://bucket/key            the one bucket
 * https://host/path/x.jpg    below one of the configured addresses
 * file:/mnt/images/x.jpg     below the configured directory, even after links are followed
 * 2026/03/29/x.jpg           the same, as a path below that directory
 * </pre>
 *
 * <p>Immutable.
 */
final class AllowedPlaces {

    /** The way in which an image is read. */
    enum Kind {
        S3,
        HTTP,
        FILE;

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A place that may be read.
     *
     * @param address a key of the bucket, an address, or a path
     */
    record Place(Kind kind, String address) {}

    /** The maximum lengths in bytes: of a key of S3, which is the longest reference, and of a file's name. */
    private static final int MAX_REFERENCE = 1024;

    private static final int MAX_NAME = 255;

    private static final Pattern HIDDEN_STEP = Pattern.compile("(?i)%2e|%2f|%5c|\\\\");

    private final String bucket;
    private final List<URI> urls;
    private final @Nullable Path directory;

    /**
     * @param bucket the only bucket; empty for none
     * @param urls prefixes of addresses, with commas between them; may be empty
     * @param directory the only directory; empty for none
     */
    AllowedPlaces(String bucket, String urls, String directory) {
        this.bucket = bucket;
        this.urls = Arrays.stream(urls.split(",", -1))
                .map(String::strip)
                .filter(url -> !url.isEmpty())
                .map(url -> URI.create(url.endsWith("/") ? url : url + "/"))
                .toList();
        this.directory = directory.isBlank()
                ? null
                : Path.of(directory.strip()).toAbsolutePath().normalize();
    }

    /** The place of a reference; throws if the worker may not read it. */
    Place place(String reference) throws WrongDeliveryException {
        URI uri;
        if (length(reference) > MAX_REFERENCE) {
            throw refused(reference, "at most " + MAX_REFERENCE + " bytes");
        }
        try {
            uri = new URI(reference.strip());
        } catch (URISyntaxException e) {
            throw refused(reference, "an address");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "s3" -> s3(reference, uri);
            case "http", "https" -> http(reference, uri);
            case "file", "" -> file(reference, uri);
            default -> throw refused(reference, "s3:, https:, http:, file: or a path");
        };
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static WrongDeliveryException refused(String reference, String expected) {
        return new WrongDeliveryException(
                Reason.REFERENCE_NOT_ALLOWED,
                "reference: " + PeerText.clean(reference) + " (expected: " + expected + ")");
    }

    private Place s3(String reference, URI uri) throws WrongDeliveryException {
        String key = uri.getPath();
        if (bucket.isEmpty()
                || !bucket.equals(uri.getRawAuthority())
                || key == null
                || key.length() < 2
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw refused(reference, "s3://" + bucket + "/ and a key, as framegate.worker.s3 says");
        }
        return new Place(Kind.S3, key.substring(1));
    }

    private Place http(String reference, URI uri) throws WrongDeliveryException {
        URI plain = uri.normalize();
        boolean hasNoTricks = uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && plain.getRawPath() != null
                && !plain.getRawPath().contains("/../")
                && !HIDDEN_STEP.matcher(plain.getRawPath()).find();
        for (URI url : urls) {
            if (hasNoTricks
                    && url.getScheme().equalsIgnoreCase(plain.getScheme())
                    && url.getHost().equalsIgnoreCase(plain.getHost())
                    && url.getPort() == plain.getPort()
                    && plain.getRawPath().startsWith(url.getRawPath())) {
                return new Place(Kind.HTTP, plain.toString());
            }
        }
        throw refused(reference, "below an address of framegate.worker.urls");
    }

    private Place file(String reference, URI uri) throws WrongDeliveryException {
        String expected = "a file below framegate.worker.directory";
        if (directory == null || uri.getRawAuthority() != null || uri.getPath() == null) {
            throw refused(reference, expected);
        }
        try {
            Path path = directory.resolve(uri.getPath()).normalize();
            boolean climbs = Arrays.asList(uri.getPath().split("[/\\\\]", -1)).contains("..");
            if (climbs || path.equals(directory) || !path.startsWith(directory) || hasTooLongName(path)) {
                throw refused(reference, expected);
            }
            return new Place(Kind.FILE, path.toString());
        } catch (InvalidPathException e) {
            throw refused(reference, expected);
        }
    }

    private static boolean hasTooLongName(Path path) {
        for (Path name : path) {
            if (length(name.toString()) > MAX_NAME) {
                return true;
            }
        }
        return false;
    }

    /** The file of a place after all links; throws if a link leads out of the directory. */
    Path file(Place place) throws IOException, WrongDeliveryException {
        if (directory == null) {
            throw refused(place.address(), "framegate.worker.directory");
        }
        // A directory that is not mounted must not count as a missing image.
        Path root = existing(directory);
        Path file;
        try {
            file = Path.of(place.address()).toRealPath();
        } catch (NoSuchFileException e) {
            throw new MissingImageException("no such file: " + place.address());
        } catch (FileSystemException e) {
            if (isBelowAFile(Path.of(place.address()), directory)) {
                throw new MissingImageException("no such file, its directory is a file: " + place.address());
            }
            throw e;
        }
        if (!file.startsWith(root)) {
            throw refused(place.address(), "no link out of framegate.worker.directory");
        }
        return file;
    }

    private static boolean isBelowAFile(Path path, Path directory) {
        for (Path above = path.getParent(); above != null && above.startsWith(directory); above = above.getParent()) {
            if (Files.isRegularFile(above)) {
                return true;
            }
        }
        return false;
    }

    private static Path existing(Path directory) throws IOException {
        try {
            return directory.toRealPath();
        } catch (NoSuchFileException e) {
            throw new IOException("framegate.worker.directory: " + directory + " does not exist", e);
        }
    }
}
