package io.framegate.wire.http;

import io.framegate.event.ImageMark;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Joins an event and the pictures that old firmware posts in separate requests. The firmware posts the XML of the event
 * first, then each picture as an octet stream to {@code /SendAlarmData/SourcePicture} or
 * {@code /SendAlarmData/FacePicture/<id>}. All of these requests have the same {@code CurrentTime} header.
 *
 * <p>Remembers the last 256 events of at most 16 KB each. Thread-safe, because the pictures may arrive on other
 * connections.
 */
final class LegacyPictures {

    private static final int MAX_EVENTS = 256;
    private static final int MAX_DOCUMENT = 16 << 10;
    private static final Pattern PICTURE =
            Pattern.compile("/SendAlarmData/(?:(SourcePicture)|FacePicture/([0-9A-Za-z]{1,32}))/?$");
    private static final Pattern TIME = Pattern.compile("[0-9]{1,20}");

    private final Map<String, byte[]> events = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MAX_EVENTS;
        }
    };

    /** Whether old firmware posts a single picture to this path. */
    static boolean isPicture(String path) {
        return PICTURE.matcher(path).find();
    }

    /** Remembers an event's document for the pictures that follow. */
    void remember(String peer, @Nullable String currentTime, byte[] document) {
        if (currentTime != null && document.length > 0 && document.length <= MAX_DOCUMENT) {
            synchronized (events) {
                events.put(peer + ' ' + currentTime, document);
            }
        }
    }

    /** A picture's document, and the position of the picture's mark in it. */
    record Joined(byte[] document, int position) {}

    /** The document of the event with the mark of the picture; a new document if the event is unknown. */
    Joined join(String peer, @Nullable String currentTime, String path) {
        byte[] known;
        synchronized (events) {
            known = events.get(peer + ' ' + currentTime);
        }
        String document = known == null ? "" : new String(known, StandardCharsets.ISO_8859_1);
        if (!document.contains("</")) {
            document = unknownEvent(currentTime);
        }
        int end = document.lastIndexOf("</");
        String head = document.substring(0, end) + opening(path);
        String joined = head + ImageMark.of(0) + closing(path) + document.substring(end);
        return new Joined(joined.getBytes(StandardCharsets.ISO_8859_1), head.length());
    }

    private static String unknownEvent(@Nullable String currentTime) {
        boolean time = currentTime != null && TIME.matcher(currentTime).matches();
        return "<config>" + (time ? "<currentTime>" + currentTime + "</currentTime>" : "") + "</config>";
    }

    private static String opening(String path) {
        Matcher picture = PICTURE.matcher(path);
        return picture.find() && picture.group(2) != null
                ? "<faceListInfo><item><targetId>" + picture.group(2) + "</targetId><targetImageData><targetBase64Data>"
                : "<sourceDataInfo><sourceBase64Data>";
    }

    private static String closing(String path) {
        return opening(path).startsWith("<face")
                ? "</targetBase64Data></targetImageData></item></faceListInfo>"
                : "</sourceBase64Data></sourceDataInfo>";
    }
}
