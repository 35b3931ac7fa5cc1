package io.framegate.watch.trace;

import io.framegate.event.RejectedPacket;
import io.framegate.intake.FramegateHeaders;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of spans. Texts from packets are bounded and free of control characters, like the headers they come
 * from. No attribute has image bytes; a target appears only in the reason of a failure.
 */
final class SpanAttributes {

    /** The route of rejected packets; their headers have the reason. */
    private static final String QUARANTINE = "quarantine";

    private static final AttributeKey<String> REASON = AttributeKey.stringKey("framegate.reject.reason");
    private static final AttributeKey<String> DETAIL = AttributeKey.stringKey("framegate.reject.detail");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("framegate.attempt");
    private static final AttributeKey<String> FAILURE = AttributeKey.stringKey("framegate.failure");

    private static final Map<String, String> OF_EVENTS = Map.of(
            FramegateHeaders.CAMERA_ID, "framegate.camera",
            FramegateHeaders.DEVICE_NAME, "framegate.device",
            FramegateHeaders.WIRE_FORMAT, "framegate.format",
            FramegateHeaders.PEER, "framegate.peer",
            FramegateHeaders.EVENT_TYPE, "framegate.type",
            FramegateHeaders.EVENT_ID, "framegate.event",
            FramegateHeaders.CAPTURED_AT, "framegate.captured",
            FramegateHeaders.PACKET_LENGTH, "framegate.bytes",
            FramegateHeaders.IMAGE_COUNT, "framegate.images");

    private static final Map<String, String> OF_IMAGES = Map.of(
            FramegateHeaders.IMAGE_NUMBER, "framegate.image.number",
            FramegateHeaders.ROLE, "framegate.image.role",
            FramegateHeaders.LENGTH, "framegate.image.bytes",
            FramegateHeaders.MEDIA_TYPE, "framegate.image.type",
            FramegateHeaders.STORED_PATH, "framegate.image.path");

    private SpanAttributes() {}

    /** Sets the reason of a rejection; at the end of the exchange it is no longer known. */
    static void rejection(Span span, Message message, String route) {
        if (message.getBody() instanceof RejectedPacket packet) {
            reject(span, packet.reason().tag(), packet.detail());
        } else if (route.equals(QUARANTINE)) {
            reject(
                    span,
                    message.getHeader(FramegateHeaders.REJECT_REASON, "", String.class),
                    message.getHeader(FramegateHeaders.REJECT_DETAIL, "", String.class));
        }
    }

    /** Sets the number of the attempt to send. */
    static void attempt(Span span, Message message) {
        span.setAttribute(ATTEMPT, 1L + message.getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class));
    }

    private static void reject(Span span, String reason, String detail) {
        span.setAttribute(REASON, reason);
        span.setAttribute(DETAIL, detail);
        span.setStatus(StatusCode.ERROR, reason + ": " + detail);
    }

    /** Sets the attributes of the event on the first span, and those of the image on spans of an image. */
    static void atEnd(Span span, Message message, boolean first) {
        if (first) {
            OF_EVENTS.forEach((header, name) -> set(span, name, message.getHeader(header)));
            String reason = message.getHeader(FramegateHeaders.REJECT_REASON, String.class);
            if (reason != null) {
                // A packet that is not well-formed was read as far as possible: no error.
                span.setAttribute(REASON, reason);
                set(span, DETAIL.getKey(), message.getHeader(FramegateHeaders.REJECT_DETAIL));
            }
        }
        if (message.getHeader(FramegateHeaders.IMAGE_NUMBER) != null) {
            OF_IMAGES.forEach((header, name) -> set(span, name, message.getHeader(header)));
        }
    }

    private static void set(Span span, String name, @Nullable Object value) {
        if (value instanceof Integer || value instanceof Long) {
            span.setAttribute(name, ((Number) value).longValue());
        } else if (value != null) {
            span.setAttribute(name, value.toString());
        }
    }

    static void failedAttempt(Span span, int attempt, String reason) {
        span.addEvent("attempt failed", Attributes.of(ATTEMPT, (long) attempt, FAILURE, reason));
    }
}
