/** The command line where it submits to a Flink cluster. */
@NullMarked
package io.purlin.pipelines;

import org.jspecify.annotations.NullMarked;
