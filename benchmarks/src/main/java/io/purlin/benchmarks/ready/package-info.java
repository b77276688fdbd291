/**
 * Inputs that are made before any clock starts, and lie in memory as bytes, or in files if they are
 * texts: each side of a comparison decodes them in the same way, and none pays for making them.
 *
 * <p>{@code InputSpec} names one, {@code ReadyInput} holds it or {@code TextFiles} keeps it, {@code
 * ReadySource} is how a Beam pipeline reads it; {@code Results} says what a result adds to the hash
 * by which sides are compared. Runs in the processes of all sides, with any Beam; all of it may be
 * used by any thread.
 */
@NullMarked
package io.purlin.benchmarks.ready;

import org.jspecify.annotations.NullMarked;
