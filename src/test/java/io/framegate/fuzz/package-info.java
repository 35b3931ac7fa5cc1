/** Damaged input for all that reads what a peer sent: replayed in every build, for minutes with {@code -Pfuzz}. */
package io.framegate.fuzz;
