package io.framegate.event;

import java.util.Locale;

/** Why something was rejected: the same word in the log, the quarantine's file name and the metrics. */
public enum RejectReason {
    /** The first bytes fit no wire format. */
    UNKNOWN_FORMAT,
    /** The connection ended inside a packet. */
    INCOMPLETE,
    /** A packet once begun was not completed in time. */
    DEADLINE_EXCEEDED,
    /** A cap on bytes, images or depth was exceeded. */
    TOO_LONG,
    /** The length before a frame is no number, or nothing may follow it. */
    BAD_LENGTH,
    /** The packet is not well-formed, or not in the encoding it declares. */
    MALFORMED,
    /** The packet has a document type declaration, which no camera needs and attacks do. */
    FORBIDDEN_DTD,
    /** An image's base64 text is damaged. */
    BAD_BASE64,
    /** An image's bytes are no picture of a known format. */
    NOT_A_PICTURE,
    /** The HTTP request cannot be read or is not one a camera makes. */
    BAD_HTTP,
    /** User or password is wrong or missing. */
    UNAUTHORIZED,
    /** The image could not be stored. */
    NOT_STORED;

    /** The reason in kebab-case. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
