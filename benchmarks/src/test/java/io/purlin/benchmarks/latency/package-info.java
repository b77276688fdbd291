/** Schedules, without a job. One thread. */
@NullMarked
package io.purlin.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
