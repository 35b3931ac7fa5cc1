/**
 * Peers that do their worst, against the jar as a process, beside a camera that behaves. Runs with {@code -Pattack}
 * only, and is the one place whose tests assert times.
 */
package io.framegate.attack;
