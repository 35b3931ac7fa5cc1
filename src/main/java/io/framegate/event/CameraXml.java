package io.framegate.event;

/** Placeholder, replaced in the next commit. */
final class CameraXml {}
