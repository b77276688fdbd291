/** Verdicts on figures that are made up. One thread. */
@NullMarked
package io.purlin.benchmarks;

import org.jspecify.annotations.NullMarked;
