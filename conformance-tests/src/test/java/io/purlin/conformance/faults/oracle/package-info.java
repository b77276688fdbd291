/**
 * Decides whether the output is right: in a process of its own, outside of everything that is
 * killed.
 *
 * <p>In: the source topic, the output topic as two readers of committed records see it, one of them
 * from the start. Out: a {@link io.purlin.conformance.faults.oracle.Verdict}. It computes what is
 * expected in plain Java, without Beam and without the runner; it shares only the form of records
 * and results with the job.
 */
@NullMarked
package io.purlin.conformance.faults.oracle;

import org.jspecify.annotations.NullMarked;
