package io.framegate.store.disk;

import java.nio.file.Path;

/** Copies of rejected packets. They are deleted before images have to wait for space. */
public interface Rejects {

    /** The directory that has the copies. */
    Path directory();

    /**
     * Deletes the oldest copies: this many bytes, and at least a tenth of all.
     *
     * @return whether a file was deleted
     */
    boolean makeRoom(long bytes);

    /**
     * Deletes the oldest copies because their disk has no free inode, and keeps fewer for some time.
     *
     * @return whether a file was deleted
     */
    boolean makeRoomForFiles();
}
