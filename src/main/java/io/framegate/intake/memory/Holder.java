package io.framegate.intake.memory;

/**
 * A connection that holds memory. Any thread may call its methods. None of them waits or enters another lock, because
 * the caller holds the lock of the {@link MemoryBudget}.
 */
public interface Holder {

    /** Tries to read again. */
    void wake();

    /** Rejects the unfinished packet, or closes a connection that does not read its answers. */
    void evict(String why);

    /** The time for which the gateway has not read from the connection for its own reasons; 0 while it reads. */
    long waitedNanos();

    /** Closes the connection, so that its peer can make a new one. */
    void giveWay();
}
