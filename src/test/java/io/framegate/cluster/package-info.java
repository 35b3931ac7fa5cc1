/**
 * Several gateways and workers as processes, which are killed again and again. Runs with {@code -Pcluster} only, for
 * about half an hour.
 */
package io.framegate.cluster;
