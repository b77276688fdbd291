/** When the peer's results are complete. */
@NullMarked
package io.purlin.benchmarks.clickstream;

import org.jspecify.annotations.NullMarked;
