/**
 * The simulated job: a source, two keyed steps, a Kafka sink; and the machine that it runs on,
 * which one thread plays.
 *
 * <p>Everything between the seams is the engine's own: see the map of the package above.
 */
@NullMarked
package io.purlin.conformance.simulation.job;

import org.jspecify.annotations.NullMarked;
