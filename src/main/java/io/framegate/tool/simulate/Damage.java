package io.framegate.tool.simulate;

import io.framegate.wire.FrameEncoding;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The ways in which a packet is made unreadable. */
enum Damage {
    NONE,
    /** The text of an image contains characters outside base64. */
    BAD_BASE64,
    /** An end tag does not match its start tag. */
    MISMATCHED_TAG,
    /** The bytes between the first and last marker are not a JPEG. The frame around them is valid. */
    NO_PICTURE,
    /** The length is impossible, so the gateway cannot find the next frame. */
    WRONG_LENGTH;

    /** Chooses a damage for this format. The one that costs the connection is rarer. */
    static Damage random(FrameEncoding format, Random random) {
        boolean wrongLength = random.nextInt(4) == 0;
        List<Damage> kinds =
                switch (format) {
                    case XML -> List.of(BAD_BASE64, MISMATCHED_TAG);
                    case HTTP -> wrongLength ? List.of(WRONG_LENGTH) : List.of(BAD_BASE64, MISMATCHED_TAG);
                    case LENGTH64, LENGTH64_PLAIN ->
                        wrongLength ? List.of(WRONG_LENGTH) : List.of(BAD_BASE64, NO_PICTURE);
                    case JPEG -> List.of(NO_PICTURE);
                    default -> List.of(wrongLength ? WRONG_LENGTH : NO_PICTURE);
                };
        return kinds.get(random.nextInt(kinds.size()));
    }

    String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether the gateway has to close the connection, or to skip bytes. */
    boolean endsConnection(FrameEncoding format) {
        // In this format the markers of the JPEG are the frame.
        return this == WRONG_LENGTH || (this == NO_PICTURE && format == FrameEncoding.JPEG);
    }
}
