/**
 * Clicks in a topic, and the count of them in windows: as a Beam pipeline, and on Kafka Streams.
 *
 * <p>{@code ClickTopic} fills a topic before the clock starts. {@code TopicCount} and {@code
 * StreamsCount} serve as sides, each with a class path of its own, and are asked with a {@code
 * CountRequest}. {@code StreamsJob} starts Kafka Streams here and where a topic is copied. The
 * threads of a runner or of Kafka Streams read and count.
 */
@NullMarked
package io.purlin.benchmarks.streams;

import org.jspecify.annotations.NullMarked;
