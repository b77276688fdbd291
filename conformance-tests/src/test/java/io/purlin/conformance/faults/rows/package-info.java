/**
 * The rows of the fault matrix, a class each: what is broken, when, and what must hold.
 *
 * <p>In: a stage and settings. Out: a line of figures, or a {@link
 * io.purlin.conformance.faults.stage.Violation}. All chance comes from the seed; times are the
 * machine's. One thread.
 */
@NullMarked
package io.purlin.conformance.faults.rows;

import org.jspecify.annotations.NullMarked;
