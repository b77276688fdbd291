/**
 * Copying a Kafka topic exactly once: pipeline {@code KafkaCopy} on our runner beside a loop that
 * is written by hand, Flink's DataStream API, Kafka Streams, and KafkaIO's exactly-once sink on
 * Beam's FlinkRunner.
 *
 * <p>{@code PipelineCopy} is ours; {@code CopyLoop}, {@code DataStreamCopy}, {@code StreamsCopy}
 * and {@code EosCopy} are the peers, which {@code CopyPeer} knows. Each runs in a process of its
 * own, with its own class path; {@code KafkaCopyComparison} starts a broker and two of these, lets
 * them copy in turn and compares what a reader of committed records sees with what was there to be
 * copied. {@code CopyLatencyComparison} lets {@code TimedRecords} be copied by {@code EndlessCopy}
 * and looks how long each takes. {@code ProduceComparison} has {@code ProducePipeline} fill a topic
 * beside Kafka's own tool, in {@code PerformanceTool}. {@code CopySettings} serves {@code
 * clickstream}, too. The parent has one thread; the process of {@code TimedRecords} has one that
 * writes and one that reads.
 */
@NullMarked
package io.purlin.benchmarks.kafka;

import org.jspecify.annotations.NullMarked;
