/**
 * {@code ./dev bench} and {@code ./dev bench-compare}: choose benchmarks by a pattern and report
 * what they find.
 *
 * <p>In: options. Out: a table, {@code bench.json}, and the exit code. Depends on all benchmarks;
 * nothing depends on it. One thread.
 */
@NullMarked
package io.purlin.benchmarks.command;

import org.jspecify.annotations.NullMarked;
