/**
 * Works on Flink's DataStream API, with the settings by which Flink is fastest here: objects are
 * reused, and the cluster is in the process.
 *
 * <p>{@code DataStreamProgram} serves as a side, with Flink's own class path, on which no Beam
 * runner is. Flink's threads call sources and sinks.
 */
@NullMarked
package io.purlin.benchmarks.datastream;

import org.jspecify.annotations.NullMarked;
