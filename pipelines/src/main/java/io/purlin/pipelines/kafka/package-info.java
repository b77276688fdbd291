/**
 * What the Kafka pipelines share: looking at topics before and after a run, and reading a topic up
 * to an end.
 *
 * <p>In: a broker's address and topic names. Out: offsets, records, timestamp policies for {@code
 * KafkaIO}. Depends on kafka-clients, stock KafkaIO and {@code job}; never on a pipeline. A
 * timestamp policy belongs to its reader's thread; the rest to the main thread.
 */
@NullMarked
package io.purlin.pipelines.kafka;

import org.jspecify.annotations.NullMarked;
