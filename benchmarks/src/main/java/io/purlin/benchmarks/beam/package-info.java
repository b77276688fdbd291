/**
 * The works as Beam pipelines, for every runner: ours and Beam's FlinkRunner.
 *
 * <p>{@code BeamProgram} serves as a side, with the options of a runner. Runs with any Beam; the
 * runner's threads call the sources and the sink.
 */
@NullMarked
package io.purlin.benchmarks.beam;

import org.jspecify.annotations.NullMarked;
