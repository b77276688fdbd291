/**
 * What the command line and a pipeline know of each other: how a pipeline is prepared, watched and
 * judged.
 *
 * <p>In: pipeline options. Out: a Beam pipeline, progress, a summary. Depends on the Beam SDK
 * alone; every pipeline's package depends on this one. Called by the main thread.
 */
@NullMarked
package io.purlin.pipelines.job;

import org.jspecify.annotations.NullMarked;
