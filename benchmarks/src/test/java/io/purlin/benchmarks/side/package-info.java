/** What samples come to. One thread. */
@NullMarked
package io.purlin.benchmarks.side;

import org.jspecify.annotations.NullMarked;
