/**
 * What a benchmark is and what it finds: ours and a peer's figure, measured in turn in one run, or
 * our figure and a bar.
 *
 * <p>Depends on nothing else here. {@code micro}, {@code nexmark}, {@code comparison}, {@code
 * checkpoint}, {@code kafka}, {@code clickstream} and {@code revision} are benchmarks, and {@code
 * growth}, {@code latency} and {@code idle}, which have bars for peers. {@code side} has the
 * processes of all but the first, {@code command} runs them. What {@code comparison} and {@code
 * revision} compare is in {@code ready}, {@code beam}, {@code loop}, {@code datastream} and {@code
 * streams}. One thread.
 */
@NullMarked
package io.purlin.benchmarks;

import org.jspecify.annotations.NullMarked;
