package io.framegate.intake.memory;

/** How much a connection holds, in the order in which connections that wait read again. */
enum Amount {
    /** A part of a small packet. */
    LITTLE,
    /** Less than a normal read. The packet has just begun. */
    BEGINNING,
    MUCH
}
