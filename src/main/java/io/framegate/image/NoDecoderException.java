package io.framegate.image;

import java.io.IOException;

/** A picture is whole as far as is known, but its format has no decoder here, so no smaller copy can be made. */
public final class NoDecoderException extends IOException {

    private final ImageFormat format;

    NoDecoderException(ImageFormat format) {
        super("image format: " + format.title() + " has no decoder (expected: " + ImageFormat.readableTitles() + ")");
        this.format = format;
    }

    public ImageFormat format() {
        return format;
    }
}
