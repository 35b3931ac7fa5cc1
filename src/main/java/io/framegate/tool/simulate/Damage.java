package io.framegate.tool.simulate;

import io.framegate.wire.FrameEncoding;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** How a packet is made unreadable. */
enum Damage {
    NONE,
    /** Characters in an image's text that are no base64. */
    BAD_BASE64,
    /** An end tag that ends nothing. */
    MISMATCHED_TAG,
    /** Bytes between a JPEG's first and last marker that are no JPEG; the frame around them is right. */
    NO_PICTURE,
    /** A length that cannot be meant: where the next frame begins is not known. */
    WRONG_LENGTH;

    /** A damage that packets of this format can have; the one that costs the connection less often than the others. */
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

    /** Whether the gateway cannot but close the connection, or skip what follows. */
    boolean endsConnection(FrameEncoding format) {
        // A JPEG without a frame around it is its own framing.
        return this == WRONG_LENGTH || (this == NO_PICTURE && format == FrameEncoding.JPEG);
    }
}
