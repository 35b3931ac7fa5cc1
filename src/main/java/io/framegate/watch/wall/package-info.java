/**
 * The live wall: the recent events of each camera, and the page and feeds that show them. Keeps no image bytes; an
 * unwatched wall costs the intake next to nothing.
 */
@NullMarked
package io.framegate.watch.wall;

import org.jspecify.annotations.NullMarked;
