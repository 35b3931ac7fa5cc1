package io.framegate.store.quarantine;

/**
 * One file for the quarantine.
 *
 * @param name a safe name
 * @param content its bytes
 * @param onlyCopy whether it belongs to an image that is nowhere else
 */
public record QuarantineFile(String name, byte[] content, boolean onlyCopy) {}
