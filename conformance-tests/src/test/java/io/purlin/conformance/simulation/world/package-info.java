/** What all parts of a simulated run share: time, chance, the network, processes, the trace. */
@NullMarked
package io.purlin.conformance.simulation.world;

import org.jspecify.annotations.NullMarked;
