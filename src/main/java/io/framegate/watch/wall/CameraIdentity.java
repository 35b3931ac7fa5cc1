package io.framegate.watch.wall;

import org.jspecify.annotations.Nullable;

/** What a camera is called: any text of its own. */
record CameraIdentity(String name, @Nullable String mac, @Nullable String address, @Nullable String device) {}
