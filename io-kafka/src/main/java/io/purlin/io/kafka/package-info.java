/**
 * Kafka for the engine, behind the connector contract of the sdk module.
 *
 * <p>In come KafkaIO's transforms of an unmodified pipeline; out go the sources and sinks that run
 * them. {@link io.purlin.io.kafka.KafkaConnector} is found by {@link java.util.ServiceLoader}. May
 * depend on the Beam SDK, KafkaIO and the public API of Kafka's clients; never on a runner. Nothing
 * here keeps state or belongs to a thread.
 */
@NullMarked
package io.purlin.io.kafka;

import org.jspecify.annotations.NullMarked;
