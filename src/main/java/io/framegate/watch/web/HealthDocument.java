package io.framegate.watch.web;

import io.framegate.log.Reason;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.health.HealthCheck;

/**
 * The health as JSON, in the form of Camel's own page. That page escapes every message before JSON escapes it again, so
 * that a client shows {@code images\/a} and {@code \"}.
 *
 * @param level {@code full} for all checks, {@code oneline} for none, else those that are down
 * @param data whether to add the measurements of each check
 * @param failures whether to add the failures of checks
 */
record HealthDocument(String level, boolean data, boolean failures) {

    String of(Collection<HealthCheck.Result> results, boolean up) {
        JsonObject document = new JsonObject().put("status", up ? "UP" : "DOWN");
        if (!level.equals("oneline")) {
            JsonArray checks = new JsonArray();
            results.stream()
                    .filter(result -> level.equals("full") || result.getState() == HealthCheck.State.DOWN)
                    .sorted(Comparator.comparingInt(result -> result.getCheck().getOrder()))
                    .forEach(result -> checks.add(check(result)));
            if (!checks.isEmpty()) {
                document.put("checks", checks);
            }
        }
        return document.encode();
    }

    private JsonObject check(HealthCheck.Result result) {
        JsonObject check = new JsonObject()
                .put("name", result.getCheck().getId())
                .put("status", result.getState().name());
        if (failures || level.equals("full")) {
            result.getError().ifPresent(failure -> check.put("error-message", Reason.plain(failure)));
        }
        result.getMessage().ifPresent(message -> check.put("message", message));
        Map<String, Object> details = result.getDetails();
        if (data && details != null && !details.isEmpty()) {
            JsonObject measured = new JsonObject();
            new TreeMap<>(details).forEach((name, value) -> measured.put(name, json(value)));
            check.put("data", measured);
        }
        return check;
    }

    private static Object json(Object value) {
        return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
    }
}
