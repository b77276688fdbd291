/**
 * What a benchmark is and what it finds: ours and a peer's figure, measured in turn in one run.
 *
 * <p>Depends on nothing else here; {@code micro}, {@code nexmark} and {@code kafka} are benchmarks,
 * {@code side} has the processes of the latter two, {@code command} runs them. One thread.
 */
@NullMarked
package io.purlin.benchmarks;

import org.jspecify.annotations.NullMarked;
