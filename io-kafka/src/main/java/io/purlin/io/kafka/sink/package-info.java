/**
 * Writes to Kafka, exactly once: the Kafka transaction is the commit record of a checkpoint.
 *
 * <p>All sink tasks of a job share one transactional producer. At a barrier every send is checked
 * and a marker that names the checkpoint goes into the same transaction, so that either both are
 * committed or none is. A restart takes the transactional id over, which fences and aborts earlier
 * runs, and then reads the last committed marker ({@link io.purlin.io.kafka.sink.MarkerTopic}).
 * Nothing is ever resumed, so only public API of the client is needed.
 *
 * <p>In come elements of {@code KafkaIO.WriteRecords}; out go records. May depend on the connector
 * contract, KafkaIO and Kafka's clients; never on a runner. Thread rule: threads meet in {@link
 * io.purlin.io.kafka.sink.Epochs} and in Kafka's producer, which any thread may use; writers belong
 * to their tasks, everything else to the thread that coordinates.
 */
@NullMarked
package io.purlin.io.kafka.sink;

import org.jspecify.annotations.NullMarked;
