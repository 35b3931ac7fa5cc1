package io.framegate.wire.embedded;

/**
 * How the documents of one language begin. Also finds a beginning among unreadable bytes, one byte after the other, so
 * it may be split anywhere. Not thread-safe.
 */
public interface DocumentBeginning {

    /** How a document begins, for the detail of a reject. */
    String expected();

    /** Whether the byte may stand after a document. */
    boolean isBetween(byte b);

    /** Whether the byte may begin a document after such bytes. */
    boolean begins(byte b);

    /** The byte with which a beginning among unreadable bytes begins. */
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
