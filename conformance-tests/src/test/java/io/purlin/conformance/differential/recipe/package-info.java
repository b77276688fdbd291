/**
 * Pipelines as data: an input, moment by moment, and steps that follow each other.
 *
 * <p>A {@link io.purlin.conformance.differential.recipe.Recipe} builds the same pipeline for every
 * runner. Depends on the Beam SDK and the reference's capture; knows neither runner.
 */
@NullMarked
package io.purlin.conformance.differential.recipe;

import org.jspecify.annotations.NullMarked;
