/**
 * Pipelines that crash and go on, for every kind of step: what they come to is what they come to
 * undisturbed.
 *
 * <p>{@link io.purlin.nativerunner.restart.Disturbed} runs a pipeline, {@link
 * io.purlin.nativerunner.restart.Ticks} keeps it alive from checkpoint to checkpoint, {@link
 * io.purlin.nativerunner.restart.Outputs} counts what comes out once and only once.
 */
@NullMarked
package io.purlin.nativerunner.restart;

import org.jspecify.annotations.NullMarked;
