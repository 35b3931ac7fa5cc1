package io.framegate.watch.wall;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framegate.image.ImageFormat;
import io.framegate.intake.Ban;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The wall as JSON, described by {@code openapi.yaml}. Unknown fields are absent. Stateless. */
final class WallJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The attributes with the plate's text, in the dialects that have one. */
    private static final List<String> PLATES = List.of("plateNumber", "licensePlate", "plate");

    /** Thousands of addresses may be banned at a time. */
    private static final int MOST_BANS = 100;

    private WallJson() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON", e);
        }
    }

    static ObjectNode cameras(Instant now, List<CameraState> cameras) {
        ObjectNode all = object().put("now", now.toString());
        all.set("cameras", cameras(cameras));
        return all;
    }

    static ArrayNode cameras(List<CameraState> cameras) {
        ArrayNode all = JSON.createArrayNode();
        cameras.forEach(camera -> all.add(camera(camera)));
        return all;
    }

    private static ObjectNode camera(CameraState camera) {
        ObjectNode json =
                object().put("id", camera.id()).put("name", camera.identity().name());
        put(json, "mac", camera.identity().mac());
        put(json, "address", camera.identity().address());
        put(json, "device", camera.identity().device());
        WallEvent event = camera.lastEvent();
        if (event != null) {
            json.put("type", event.type());
            put(json, "plate", plate(event.attributes()));
            if (event.latencyMillis() != null) {
                json.put("latencyMillis", event.latencyMillis());
            }
        }
        WallImage newest = camera.newest();
        if (newest != null) {
            json.put("role", newest.role()).put("version", camera.version());
            put(json, "format", unusualFormat(newest));
        }
        if (camera.crop() != null) {
            json.put("crop", camera.cropVersion());
        }
        json.put("lastSeen", camera.lastSeen().toString())
                .put("silent", camera.silent())
                .put("images", camera.images());
        double seconds = camera.interval().toNanos() / 1e9;
        if (seconds > 0) {
            json.put("interval", rounded(seconds)).put("rate", camera.silent() ? 0 : rounded(1 / seconds));
        }
        return json;
    }

    static ObjectNode events(List<WallEvent> events) {
        ObjectNode all = object();
        ArrayNode list = all.putArray("events");
        events.forEach(event -> list.add(event(event)));
        return all;
    }

    private static ObjectNode event(WallEvent event) {
        ObjectNode json = object().put("at", event.at().toString())
                .put("camera", event.camera())
                .put("name", event.name())
                .put("type", event.type());
        WallImage image = event.image();
        if (image != null) {
            String address = "/live/" + event.camera() + "/events/" + event.number();
            json.put("role", image.role())
                    .put("image", address + "/image.jpg")
                    .put("thumb", address + "/thumb.jpg")
                    .put("bytes", image.length());
            if (image.width() > 0) {
                json.put("width", image.width()).put("height", image.height());
            }
            put(json, "format", unusualFormat(image));
        }
        if (event.latencyMillis() != null) {
            json.put("latencyMillis", event.latencyMillis());
        }
        ObjectNode attributes = json.putObject("attributes");
        event.attributes().forEach((name, value) -> attributes.put(String.valueOf(name), String.valueOf(value)));
        return json;
    }

    /** The name of a format that not every browser shows, so that the page can say so; null for the others. */
    private static @Nullable String unusualFormat(WallImage image) {
        ImageFormat format = ImageFormat.ofMediaType(image.mediaType());
        return format == null || format.isShownByEveryBrowser() ? null : format.title();
    }

    static ObjectNode bans(List<Ban> bans) {
        ObjectNode all = object().put("total", bans.size());
        ArrayNode list = all.putArray("bans");
        bans.stream().limit(MOST_BANS).forEach(ban -> list.addObject()
                .put("address", ban.address())
                .put("reason", ban.reason().tag())
                .put("since", ban.since().toString())
                .put("until", ban.until().toString()));
        return all;
    }

    private static @Nullable String plate(Map<?, ?> attributes) {
        return PLATES.stream()
                .map(attributes::get)
                .filter(value -> value != null && !value.toString().isBlank())
                .map(Object::toString)
                .findFirst()
                .orElse(null);
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            json.put(name, value);
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
