/** Benchmarks: the hot path under JMH, and whole pipelines against named peers. */
@NullMarked
package io.purlin.benchmarks;

import org.jspecify.annotations.NullMarked;
