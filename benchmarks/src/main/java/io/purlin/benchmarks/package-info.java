/**
 * What a benchmark is and what it finds: ours and a peer's figure, measured in turn in one run.
 *
 * <p>Depends on nothing else here; {@code micro} and {@code nexmark} are benchmarks, {@code
 * command} runs them. One thread.
 */
@NullMarked
package io.purlin.benchmarks;

import org.jspecify.annotations.NullMarked;
