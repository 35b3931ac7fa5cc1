package io.framegate.it.target;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a strict reader makes of a form in a request's body. */
final class MultipartForm {

    private static final String END = "\r\n";

    private MultipartForm() {}

    record Part(String name, String fileName, String type, byte[] content) {}

    static List<Part> parts(Delivered request) {
        String type = Objects.requireNonNull(request.metadata().get("Content-Type"));
        String boundary = END + "--" + one(type, "^multipart/form-data;.*boundary=\"?([^\";]+)");
        String body = END + new String(request.content(), ISO_8859_1);
        List<Part> parts = new ArrayList<>();
        int from = body.indexOf(boundary) + boundary.length();
        while (!body.startsWith("--", from)) {
            int to = body.indexOf(boundary, from);
            int head = body.indexOf(END + END, from);
            String headers = body.substring(from, head);
            parts.add(new Part(
                    one(headers, "(?i)content-disposition: form-data;.*\\bname=\"([^\"]+)\""),
                    one(headers, "filename=\"([^\"]+)\""),
                    one(headers, "(?i)content-type: ([^\r]+)"),
                    body.substring(head + 4, to).getBytes(ISO_8859_1)));
            from = to + boundary.length();
        }
        return parts;
    }

    private static String one(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(text + " (expected: " + pattern + ")");
        }
        return matcher.group(1);
    }
}
