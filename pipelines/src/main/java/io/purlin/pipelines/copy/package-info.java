/**
 * {@code KafkaCopy}: one topic to another.
 *
 * <p>In: a topic. Out: its records in another topic, with keys, values, headers and timestamps. The
 * smallest pipeline there is, to begin with and to measure. Depends on KafkaIO, {@code kafka} and
 * {@code job}. {@code CopyRun} belongs to the main thread.
 */
@NullMarked
package io.purlin.pipelines.copy;

import org.jspecify.annotations.NullMarked;
