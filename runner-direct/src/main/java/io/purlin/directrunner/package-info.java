/**
 * The reference: runs a pipeline on Beam's DirectRunner with its enforcement on, and captures what
 * a pipeline makes in a form that can be compared between runners.
 *
 * <p>In comes a {@link io.purlin.directrunner.Program}, out come its {@link
 * io.purlin.directrunner.CapturedOutputs}. Depends on the Beam SDK and the DirectRunner; never on
 * the engine, with which it shares no code, or it would be no oracle.
 *
 * <p>Threads: a runner's threads write into a {@link io.purlin.directrunner.CaptureSession}, the
 * thread that started the pipeline reads it after the pipeline has ended.
 */
@NullMarked
package io.purlin.directrunner;

import org.jspecify.annotations.NullMarked;
