package io.framegate.watch.wall;

import org.jspecify.annotations.Nullable;

/** The names of a camera: untrusted text from its packets. */
record CameraIdentity(String name, @Nullable String mac, @Nullable String address, @Nullable String device) {}
