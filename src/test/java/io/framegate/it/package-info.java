/**
 * Tests of the gateway as its users run it: the real jar as a process of its own, cameras on real sockets, files on a
 * real disk. {@link io.framegate.it.GatewayProcess} runs it, {@link io.framegate.it.Camera} sends to it.
 */
package io.framegate.it;
