package io.framegate.image;

/** Placeholder, replaced in the next commit. */
final class X {}
