package io.framegate.intake;

/** A connection that holds memory. Any thread may call its methods; none of them waits. */
interface Holder {

    /** Tries to read again. */
    void wake();

    /** Rejects the unfinished packet, or closes a connection that does not read its answers. */
    void evict(String why);
}
