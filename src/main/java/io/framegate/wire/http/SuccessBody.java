package io.framegate.wire.http;

import io.framegate.event.Dialect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a successful response, in the dialect of the request. A camera that does not get the body of its dialect
 * disconnects or sends again.
 *
 * <pre>
 * TVT, other XML, no body    &lt;config ...&gt;&lt;status&gt;success&lt;/status&gt;&lt;/config&gt;
 * HIKVISION                  ISAPI's &lt;ResponseStatus&gt; with statusCode 1
 * DAHUA                      {"Result":true}
 * GAT1400                    {"ResponseStatusObject":...}, below /VIID/System/; elsewhere a list with one of them
 * everything else            ok
 * </pre>
 */
public enum SuccessBody {
    TVT(
            "application/xml; charset=utf-8",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <config version="1.0" xmlns="http://www.ipc.com/ver10"><status>success</status></config>
            """),
    HIKVISION(
            "application/xml; charset=utf-8",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <ResponseStatus version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
            <requestURL>$path</requestURL><statusCode>1</statusCode><statusString>OK</statusString>\
            <subStatusCode>ok</subStatusCode>
            </ResponseStatus>
            """),
    DAHUA("application/json", "{\"Result\":true}\n"),
    GAT1400(
            "application/VIID+JSON; charset=utf-8",
            "{\"RequestURL\":\"$path\",\"StatusCode\":0,\"StatusString\":\"OK\"}"),
    OK("text/plain; charset=utf-8", "ok\n");

    /** The longest path that a body repeats. */
    static final int MAX_PATH = 128;

    private static final String AUTO = "auto";
    private static final String VIID = "/VIID/";
    private static final String VIID_SYSTEM = "/VIID/System/";
    private static final Pattern SAFE_PATH = Pattern.compile("/[A-Za-z0-9/._~-]{0," + (MAX_PATH - 1) + "}");

    private final String contentType;
    private final String text;

    /** The bytes of a text that is the same for every path; otherwise null. */
    @SuppressWarnings("ImmutableEnumChecker") // Its bytes never change, and it is never released.
    private final @Nullable ByteBuf same;

    SuccessBody(String contentType, String text) {
        this.contentType = contentType;
        this.text = text;
        same = text.contains("$path") ? null : HttpResponses.shared(text);
    }

    /**
     * The allowed names of a listener's answer: {@code auto}, for the body of the request's dialect, and all bodies.
     */
    public static List<String> names() {
        return Stream.concat(Stream.of(AUTO), Arrays.stream(values()).map(SuccessBody::tag))
                .toList();
    }

    /** The body with this name; null for {@code auto}. */
    public static @Nullable SuccessBody named(String name) {
        return Arrays.stream(values())
                .filter(body -> body.tag().equals(name))
                .findFirst()
                .orElse(null);
    }

    /**
     * The body for a request.
     *
     * @param dialect the dialect of its document; null if the routes do not report it
     * @param xml whether the request was XML or had no body
     */
    static SuccessBody of(@Nullable Dialect dialect, String path, boolean xml) {
        return switch (dialect == null ? Dialect.OTHER : dialect) {
            case TVT -> TVT;
            case HIKVISION -> HIKVISION;
            case DAHUA -> DAHUA;
            case GAT1400 -> GAT1400;
            default -> xml ? TVT : isBelow(path, VIID) ? GAT1400 : OK;
        };
    }

    private String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The response to a request to this {@linkplain #safePath path}. */
    FullHttpResponse response(String path) {
        ByteBuf body = same == null ? Unpooled.copiedBuffer(text(path), StandardCharsets.UTF_8) : same.duplicate();
        return HttpResponses.of(HttpResponseStatus.OK, contentType, body);
    }

    private String text(String path) {
        String status = text.replace("$path", path);
        if (this != GAT1400) {
            return status;
        }
        String object = "{\"ResponseStatusObject\":";
        return isBelow(path, VIID_SYSTEM)
                ? object + status + "}\n"
                : "{\"ResponseStatusListObject\":" + object + "[" + status + "]}}\n";
    }

    /** The path of a request if it is short and has no special meaning in XML and JSON, otherwise a slash. */
    static String safePath(String uri) {
        String path = RequestTarget.path(uri);
        return SAFE_PATH.matcher(path).matches() ? path : "/";
    }

    private static boolean isBelow(String path, String directory) {
        return path.regionMatches(true, 0, directory, 0, directory.length());
    }
}
