/**
 * Every property of the gateway: its name, default, rule and meaning.
 */
@NullMarked
package io.framegate.settings;

import org.jspecify.annotations.NullMarked;
