/**
 * Bugs that are planted on purpose, each in place of a part that works: a simulator that does not
 * find them is of no use.
 */
@NullMarked
package io.purlin.conformance.simulation.bug;

import org.jspecify.annotations.NullMarked;
