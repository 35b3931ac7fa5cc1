/**
 * The certificates of the ports: reads them and their keys from PEM files, and renews them while the gateway runs.
 */
@NullMarked
package io.framegate.intake.tls;

import org.jspecify.annotations.NullMarked;
