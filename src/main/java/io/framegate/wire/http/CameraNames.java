package io.framegate.wire.http;

import io.framegate.event.MacAddress;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the name of a request's camera. The first place with a safe name counts.
 *
 * <pre>
 * ?camera               a parameter of the query: /upload?camera=front-door
 * X-Device-Id           a header
 * /hikfeed/{camera}     a segment of the path, if all other segments are equal: /hikfeed/front-door
 * </pre>
 *
 * <p>A safe name has at most 64 letters, digits and {@code . _ : -}, and begins with a letter or digit. It is only a
 * name: it selects no path, header or host. A name that is a MAC address is normalised. Immutable.
 */
public final class CameraNames {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
    private static final String CAMERA = "{camera}";
    private static final int MAX_QUERY_PARAMETERS = 32;

    private final List<String> places;

    /**
     * Creates the names of a listener.
     *
     * @param places the places of the name, in the notation above
     */
    public CameraNames(List<String> places) {
        this.places = List.copyOf(places);
    }

    /** The name of the request's camera; null if the request has no safe name. */
    @Nullable
    String of(HttpRequest request) {
        for (String place : places) {
            String name = find(place, request);
            if (name != null && SAFE.matcher(name).matches()) {
                String macAddress = MacAddress.normalised(name);
                return macAddress == null ? name : macAddress;
            }
        }
        return null;
    }

    private static @Nullable String find(String place, HttpRequest request) {
        return switch (place.charAt(0)) {
            case '?' -> parameter(request.uri(), place.substring(1));
            case '/' -> segment(RequestTarget.path(request.uri()), place);
            default -> request.headers().get(place);
        };
    }

    private static @Nullable String parameter(String uri, String name) {
        if (uri.indexOf('?') < 0) {
            return null;
        }
        try {
            Map<String, List<String>> all =
                    new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MAX_QUERY_PARAMETERS).parameters();
            List<String> named = all.getOrDefault(name, List.of());
            return named.isEmpty() ? null : named.get(0);
        } catch (IllegalArgumentException e) {
            // An invalid escape.
            return null;
        }
    }

    /** The camera's segment of a path that matches the template, or null; a slash at the end is ignored. */
    private static @Nullable String segment(String path, String template) {
        String[] segments = path.split("/", 0);
        String[] expected = template.split("/", 0);
        if (segments.length != expected.length) {
            return null;
        }
        String camera = null;
        for (int at = 0; at < expected.length; at++) {
            if (expected[at].equals(CAMERA)) {
                camera = segments[at];
            } else if (!expected[at].equals(segments[at])) {
                return null;
            }
        }
        try {
            return camera == null ? null : QueryStringDecoder.decodeComponent(camera, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
