package io.framegate.wire;

/** Placeholder, replaced in the next commit. */
final class X {}
