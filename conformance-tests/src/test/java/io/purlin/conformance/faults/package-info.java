/**
 * The fault matrix against real processes: {@code ./dev faults}.
 *
 * <p>{@link io.purlin.conformance.faults.rows} says what is broken and what must hold, {@link
 * io.purlin.conformance.faults.stage} has the processes that are broken, {@link
 * io.purlin.conformance.faults.pipeline} is the job, and {@link
 * io.purlin.conformance.faults.oracle} judges from outside. In: kills, seed and names of rows. Out:
 * a line for each row, and everything about a violation. One thread plays one row after the other.
 */
@NullMarked
package io.purlin.conformance.faults;

import org.jspecify.annotations.NullMarked;
