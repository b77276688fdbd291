/**
 * Compares Purlin with its peers: the command, the results, and the processes of either side.
 *
 * <p>In: a pattern of names. Out: a table and {@code bench.json}, ratios of figures that were
 * measured in turn. May depend on every module; nothing depends on it. One thread.
 */
@NullMarked
package io.purlin.benchmarks;

import org.jspecify.annotations.NullMarked;
