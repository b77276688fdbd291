/**
 * {@code ./dev bench}: chooses benchmarks by a pattern and reports what they find.
 *
 * <p>In: options. Out: a table and {@code bench.json}. Depends on all benchmarks; nothing depends
 * on it. One thread.
 */
@NullMarked
package io.purlin.benchmarks.command;

import org.jspecify.annotations.NullMarked;
