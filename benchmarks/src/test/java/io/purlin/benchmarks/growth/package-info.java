/** The fit of a line, and what is read and grows. One thread. */
@NullMarked
package io.purlin.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
