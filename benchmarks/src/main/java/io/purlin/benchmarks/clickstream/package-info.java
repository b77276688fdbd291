/**
 * Pipeline {@code Clickstream} from Kafka to Kafka with state in RocksDB: on our runner, exactly
 * once, beside Beam's FlinkRunner in two settings, which {@code ClickstreamPeer} knows.
 *
 * <p>{@code ClickstreamComparison} starts a broker and both sides in processes of their own, fills
 * a topic with generated clicks, lets a side work on it and has the pipeline's own check compare
 * what a reader of committed records sees with what is expected. {@code PipelineClickstream} and
 * {@code FlinkClickstream} are the sides, each with its own class path, and {@code
 * ClickstreamRequest} is what they are asked. Both measure from the first record that {@code
 * FirstFetch} sees. The peer cannot end: it reads an {@code OpenTopic} until there are no {@code
 * MissingResults} among the {@code CommittedResults}. Depends on {@code kafka} for the settings of
 * producers. The parent has one thread, and each side one beside its runner's.
 */
@NullMarked
package io.purlin.benchmarks.clickstream;

import org.jspecify.annotations.NullMarked;
