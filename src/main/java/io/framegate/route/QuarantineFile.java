package io.framegate.route;

/**
 * One file for the quarantine.
 *
 * @param name a safe name
 * @param content its bytes
 */
public record QuarantineFile(String name, byte[] content) {}
