/**
 * Grouping: GroupByKey and Combine.perKey, by key and window.
 *
 * <p>In come {@code KV<K, V>} values with their windows, watermarks and the clock; out go panes:
 * {@code KV<K, Iterable<V>>} or {@code KV<K, OutputT>} with the pane's window, timestamp and
 * PaneInfo in the current element. {@link io.purlin.nativerunner.window.GroupingFactory} is the
 * entry: it decides which operator a step gets, and says why. The general operator runs everything
 * on Beam's ReduceFnRunner; the native one runs the common windows and triggers, with equal panes,
 * and sliding ones by slices where it can.
 *
 * <p>Depends on element, time, keyed, invoke and operator; never on exchange, chain or task.
 * Operators and all they hold belong to one task's thread; specs and factories are immutable and
 * shared.
 */
@NullMarked
package io.purlin.nativerunner.window;

import org.jspecify.annotations.NullMarked;
