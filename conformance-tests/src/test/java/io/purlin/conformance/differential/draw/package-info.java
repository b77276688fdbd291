/**
 * Draws pipelines from seeds, and only such whose results the model determines.
 *
 * <p>What is left open is written down where it is avoided: {@link
 * io.purlin.conformance.differential.draw.Facts}. Depends on recipes and steps; knows neither
 * runner.
 */
@NullMarked
package io.purlin.conformance.differential.draw;

import org.jspecify.annotations.NullMarked;
