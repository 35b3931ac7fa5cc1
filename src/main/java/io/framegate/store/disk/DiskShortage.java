package io.framegate.store.disk;

import java.nio.file.Path;

/**
 * That a disk has too little space.
 *
 * @param directory what is on it
 * @param free bytes that are free
 * @param needed bytes that should be
 */
public record DiskShortage(Path directory, long free, long needed) {}
