/** What several comparisons come to together. One thread. */
@NullMarked
package io.purlin.benchmarks.command;

import org.jspecify.annotations.NullMarked;
