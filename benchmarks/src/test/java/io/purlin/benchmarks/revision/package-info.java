/** Class paths and verdicts, without a process. One thread. */
@NullMarked
package io.purlin.benchmarks.revision;

import org.jspecify.annotations.NullMarked;
