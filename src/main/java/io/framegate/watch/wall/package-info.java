/**
 * The live wall: what each camera has sent last, and the pages and feeds that show it. Knows images by where they are stored, and holds
 * none, so it costs the intake nothing that nobody looks.
 */
@NullMarked
package io.framegate.watch.wall;

import org.jspecify.annotations.NullMarked;
