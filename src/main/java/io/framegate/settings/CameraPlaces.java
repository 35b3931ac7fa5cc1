package io.framegate.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The places in an HTTP request that may name the camera: {@code ?camera, X-Device-Id, /hikfeed/{camera}}. A parameter
 * of the query begins with a question mark and a path with a slash; all others are headers.
 */
public final class CameraPlaces {

    private static final int MAX = 16;
    private static final String CAMERA = "{camera}";
    private static final Pattern PARAMETER = Pattern.compile("\\?[A-Za-z0-9._~-]{1,64}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

    /** Headers that carry secrets, which must not become names. */
    private static final Set<String> SECRETS = Set.of("authorization", "proxy-authorization", "cookie");

    private CameraPlaces() {}

    /**
     * Reads places separated by commas; an empty text has none. Throws an {@link IllegalArgumentException} for an
     * invalid place.
     */
    public static List<String> parse(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        List<String> places =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (places.size() > MAX || !places.stream().allMatch(CameraPlaces::isPlace)) {
            throw new IllegalArgumentException(text);
        }
        return places;
    }

    private static boolean isPlace(String place) {
        if (place.startsWith("/")) {
            List<String> segments = List.of(place.substring(1).split("/", -1));
            return segments.stream().filter(CAMERA::equals).count() == 1
                    && segments.stream()
                            .allMatch(segment -> segment.equals(CAMERA)
                                    || SEGMENT.matcher(segment).matches());
        }
        return PARAMETER.matcher(place).matches()
                || (HEADER.matcher(place).matches() && !SECRETS.contains(place.toLowerCase(Locale.ROOT)));
    }
}
