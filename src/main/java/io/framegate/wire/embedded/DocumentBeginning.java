package io.framegate.wire.embedded;

/**
 * The beginning of the documents of one language. Also finds a beginning among unreadable bytes, byte by byte, so the
 * beginning may be split anywhere. Not thread-safe.
 */
public interface DocumentBeginning {

    /** The expected beginning of a document, for the detail of a reject. */
    String expected();

    /** Whether the byte may stand after a document. */
    boolean isBetween(byte b);

    /** Whether the byte may begin a document, directly or after bytes between documents. */
    boolean begins(byte b);

    /** The first byte of a beginning among unreadable bytes. */
    char first();

    /** Appends the byte if it continues a beginning; otherwise starts over with this byte. */
    void appendOrStartOver(byte b);

    /** Whether no byte of a beginning was found. */
    boolean isEmpty();

    /** Whether {@link #bytes()} are a whole beginning. */
    boolean isComplete();

    /** The bytes found so far. */
    byte[] bytes();

    void clear();
}
