package io.framegate.route;

/** Placeholder, replaced in the next commit. */
final class X {}
