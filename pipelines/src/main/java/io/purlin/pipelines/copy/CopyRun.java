package io.purlin.pipelines.copy;

import io.purlin.pipelines.job.JobRun;
import io.purlin.pipelines.job.Progress;
import io.purlin.pipelines.job.RunMetrics;
import io.purlin.pipelines.job.Summary;
import io.purlin.pipelines.kafka.TopicReader;
import io.purlin.pipelines.kafka.UpToOffsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One copying of a topic. It is correct when the records that the output topic has gained are those
 * of the input, as a multiset: equal in number and in the sum of a hash over key, value, headers
 * and timestamp.
 */
record CopyRun(
    Pipeline pipeline,
    String servers,
    Map<TopicPartition, Long> inputStarts,
    Map<TopicPartition, Long> outputStarts,
    Optional<UpToOffsets<byte[], byte[]>> end)
    implements JobRun {
  @Override
  public Progress progress(PipelineResult result) {
    long copied = new RunMetrics(result).count(KafkaCopy.class, KafkaCopy.COPIED);
    return new Progress(copied, copied, OptionalLong.empty());
  }

  @Override
  public Summary check(PipelineResult result) {
    Tally read = new Tally();
    Tally written = new Tally();
    try (TopicReader reader = new TopicReader(servers)) {
      reader.read(
          inputStarts,
          record -> {
            if (end.map(
                    limit -> limit.contains(record.topic(), record.partition(), record.offset()))
                .orElse(true)) {
              read.add(record);
            }
          });
      reader.read(outputStarts, written::add);
    }
    boolean correct = read.count == written.count && read.sum == written.sum;
    return new Summary(
        correct,
        List.of(
            "records in the input topic   " + read.count,
            "records in the output topic  " + written.count,
            "keys, values, headers and timestamps are "
                + (correct ? "equal" : "NOT equal (at-least-once output may hold duplicates)")));
  }

  /** Number and hash sum of records; the sum does not depend on their order. */
  private static final class Tally {
    private long count;
    private long sum;

    void add(ConsumerRecord<byte[], byte[]> record) {
      count++;
      long hash = Arrays.hashCode(record.key());
      hash = hash * 0x9E3779B97F4A7C15L + Arrays.hashCode(record.value());
      hash = hash * 0x9E3779B97F4A7C15L + record.headers().hashCode();
      hash = hash * 0x9E3779B97F4A7C15L + record.timestamp();
      hash ^= hash >>> 32;
      sum += hash * 0xD6E8FEB86659FD93L;
    }
  }
}
