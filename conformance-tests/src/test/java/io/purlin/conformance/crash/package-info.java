/**
 * A runner for Beam's suite that crashes on purpose: every job is crashed at random checkpoints and
 * goes on from what was committed, each time as a new job with another parallelism.
 *
 * <p>A pipeline comes in, what its last run came to goes out. Depends on the engine's packages, as
 * a facade would; never on the suite. A job's own threads meet its runner's at {@link
 * io.purlin.conformance.crash.Pace}.
 */
@NullMarked
package io.purlin.conformance.crash;

import org.jspecify.annotations.NullMarked;
