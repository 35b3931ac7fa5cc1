package io.framegate.wire.http;

/** Parts of a request's target, which recorders write with scheme and host: {@code http://192.0.2.1:18000/API?a=1}. */
final class RequestTarget {

    private RequestTarget() {}

    /** Path and query. */
    static String origin(String uri) {
        int authority = uri.startsWith("/") ? -1 : uri.indexOf("://");
        if (authority < 0) {
            return uri;
        }
        int path = uri.indexOf('/', authority + 3);
        return path < 0 ? "/" : uri.substring(path);
    }

    /** The path as written in the request, without decoding. */
    static String path(String uri) {
        String origin = origin(uri);
        for (int at = 0; at < origin.length(); at++) {
            if (origin.charAt(at) == '?' || origin.charAt(at) == '#') {
                return origin.substring(0, at);
            }
        }
        return origin;
    }
}
