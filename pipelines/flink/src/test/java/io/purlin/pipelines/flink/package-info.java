/** The jar of the pipelines on a Flink cluster of real processes, beside the native runner. */
@NullMarked
package io.purlin.pipelines.flink;

import org.jspecify.annotations.NullMarked;
