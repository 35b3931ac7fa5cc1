package io.framegate.wire;

import org.jspecify.annotations.Nullable;

/**
 * A wire format that a jar adds. {@link java.util.ServiceLoader} finds it: the jar names the class, which has a public
 * constructor without parameters, in {@code META-INF/services/io.framegate.wire.WireFormatProvider}.
 *
 * <p>All listeners use it at once, so it must be thread-safe. The formats that it creates have no answers.
 */
public interface WireFormatProvider {

    /**
     * The format's name in {@code framegate.camera.format}, headers, log and metrics: lower-case letters, digits and
     * {@code -}, at most 32, beginning with a letter. No other format may have it.
     */
    String name();

    /**
     * Creates the format for one listener, which accepts either only this format or every format.
     *
     * @param maxFrameLength the longest frame, in bytes; a longer one must be rejected before it is held
     */
    WireFormat create(int maxFrameLength);

    /**
     * The name of the gateway's format that examines the first bytes of a connection directly after this one:
     * {@code http}, {@code json}, {@code le32}, {@code le64}, {@code be64}, {@code length64}, {@code jpeg},
     * {@code mjpeg} or {@code xml}. The earlier the place, the more distinctive the first bytes must be. {@code null}:
     * only a listener with this {@code format} accepts it.
     */
    default @Nullable String detectedBefore() {
        return "le32";
    }
}
