/**
 * Reading from Kafka: what runs {@code KafkaIO.read()} in its own expansion's place.
 *
 * <p>In: {@link org.apache.beam.sdk.io.kafka.KafkaIO.Read} as the pipeline set it up ({@link
 * io.purlin.io.kafka.source.KafkaSources}), and the positions of a checkpoint. Out: a {@link
 * io.purlin.io.kafka.source.PartitionReader} for each task, which has a consumer of its own and a
 * {@link io.purlin.io.kafka.source.PartitionCursor} for each of its partitions.
 *
 * <p>Threads: a reader and all that it has belong to its task's thread. What readers of one step
 * share is {@link io.purlin.io.kafka.source.SharedPartitions} alone. Only public API of Kafka's
 * clients is used that versions 3.9 and 4 both have.
 */
@NullMarked
package io.purlin.io.kafka.source;

import org.jspecify.annotations.NullMarked;
