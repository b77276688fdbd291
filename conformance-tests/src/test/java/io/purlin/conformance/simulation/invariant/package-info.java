/**
 * What must hold in every simulated run, one class for each invariant. Each sees what happens,
 * keeps what it needs of it, and says what does not hold; none knows the engine's inside, nor of
 * faults.
 */
@NullMarked
package io.purlin.conformance.simulation.invariant;

import org.jspecify.annotations.NullMarked;
