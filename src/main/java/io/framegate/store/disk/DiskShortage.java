package io.framegate.store.disk;

import java.nio.file.Path;

/**
 * A disk with too little free space.
 *
 * @param directory a directory on that disk
 * @param free the free bytes
 * @param needed the bytes that should be free
 */
public record DiskShortage(Path directory, long free, long needed) {}
