package io.framegate;

/** Placeholder, replaced in the next commit. */
public final class Framegate {
    private Framegate() {}
}
