/**
 * The job that is killed: an ordinary, portable Beam pipeline, and the form of what it reads and
 * writes.
 *
 * <p>In: records of a topic. Out: what each key's records come to, in four ways. It names no
 * runner. {@link io.purlin.conformance.faults.oracle} knows the form and computes the same without
 * Beam.
 */
@NullMarked
package io.purlin.conformance.faults.pipeline;

import org.jspecify.annotations.NullMarked;
