package io.framegate.event;

import java.util.Locale;

/**
 * The reason why a packet or an image was rejected. The log, the file names of the quarantine and the metrics use its
 * {@link #tag()}.
 */
public enum RejectReason {
    /** The bytes belong to no wire format. */
    UNKNOWN_FORMAT,
    /** The connection ended inside a packet. */
    INCOMPLETE,
    /** A packet was not complete before the deadline. */
    DEADLINE_EXCEEDED,
    /** Unfinished packets filled the memory, and this one held the most. */
    OVERLOADED,
    /** A limit on bytes, images or parts was exceeded. */
    TOO_LONG,
    /**
     * The length before a frame is not a number, bytes follow a length that ends the stream, or a request with a body
     * names no length.
     */
    BAD_LENGTH,
    /** The packet is not well-formed, or not in the encoding it declares. */
    MALFORMED,
    /** The packet has a document type declaration, which attacks use and cameras do not. */
    FORBIDDEN_DTD,
    /** An image's base64 text is damaged. */
    BAD_BASE64,
    /** The bytes of an image, or of an HTTP body or one of its parts, are not a picture of a known format. */
    NOT_A_PICTURE,
    /** A text in an HTTP body, or bytes outside its parts, are neither an event nor a short field of a form. */
    UNKNOWN_PART,
    /** The HTTP request cannot be read. */
    BAD_HTTP,
    /** The user or the password is wrong or missing. */
    UNAUTHORIZED,
    /** The image could not be stored. */
    NOT_STORED;

    /**
     * Whether a request with this reject is accepted if it also carries an event or a picture. The rejected bytes are
     * kept, and a refused sender would only send the whole request again.
     */
    public boolean isAcceptedBesideOthers() {
        return this == NOT_A_PICTURE || this == UNKNOWN_PART;
    }

    /** The reason in kebab-case. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
