/**
 * From a packet to an event and its images: the processors that {@code routes/receive.camel.yaml} and
 * {@code routes/deduplicate.camel.yaml} refer to by name.
 */
@NullMarked
package io.framegate.receive;

import org.jspecify.annotations.NullMarked;
