package io.framegate.intake;

/** Placeholder, replaced in the next commit. */
final class CameraPipelineFactory {}
