package io.framegate.store.disk;

import io.framegate.image.ImageFormat;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the gateway's own files in the images directory by their names: the extension of a picture, only the
 * characters that the gateway uses, and the beginning that {@code framegate.images.name} gives, or the default
 * {@code image_17_}. Thread-safe.
 */
final class ImageNames {

    private static final String SIDECAR = ".json";

    private final Pattern image;

    /** Recognises images that this simple expression names. */
    ImageNames(String expression) {
        String name = expression.substring(expression.lastIndexOf('/') + 1);
        int end = name.indexOf('$');
        String constant = end >= 0 ? name.substring(0, end) : name.replaceFirst("\\.[^.]*$", "");
        String beginning = constant.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.-]", "_");
        image = Pattern.compile(
                "(" + Pattern.quote(beginning) + "|image_[0-9]+_)[A-Za-z0-9._-]*\\.(" + endings() + ")");
    }

    private static String endings() {
        return String.join(
                "|",
                Arrays.stream(ImageFormat.values()).map(ImageFormat::extension).toList());
    }

    /** Whether a file with this name is an image. */
    boolean isImage(String name) {
        return name.charAt(0) != '.' && image.matcher(name).matches();
    }

    /** The path of the image to which a sidecar belongs, or null if the file is no sidecar. */
    @Nullable
    String imageOf(String path) {
        if (!path.endsWith(SIDECAR)) {
            return null;
        }
        String of = path.substring(0, path.length() - SIDECAR.length());
        return isImage(of.substring(of.lastIndexOf('/') + 1)) ? of : null;
    }

    /** The path of an image's sidecar. */
    static String sidecarOf(String path) {
        return path + SIDECAR;
    }
}
