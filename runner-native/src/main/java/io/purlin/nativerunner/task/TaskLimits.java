package io.purlin.nativerunner.task;

/**
 * Limits that a task keeps.
 *
 * @param maxBundleElements elements after which a bundle ends
 * @param maxBundleMillis milliseconds after which a bundle ends
 * @param bufferTimeoutMillis milliseconds that an element may wait for its batch to fill
 * @param watermarkIntervalMillis milliseconds between watermarks of a source
 */
public record TaskLimits(
    long maxBundleElements,
    long maxBundleMillis,
    long bufferTimeoutMillis,
    long watermarkIntervalMillis) {}
