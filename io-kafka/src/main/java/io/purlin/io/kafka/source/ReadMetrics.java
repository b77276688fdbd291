package io.purlin.io.kafka.source;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.SourceMetrics;
import org.apache.kafka.common.TopicPartition;

/** What a partition counts, by KafkaIO's names, once for each batch. Owned by its reader. */
final class ReadMetrics {
  private final Counter elements = SourceMetrics.elementsRead();
  private final Counter bytes = SourceMetrics.bytesRead();
  private final Distribution sizes;
  private final Gauge backlog;
  private long count;
  private long sum;
  private long least = Long.MAX_VALUE;
  private long most;

  ReadMetrics(TopicPartition partition) {
    this.sizes = Metrics.distribution("KafkaIOReader", "rawSize/" + partition);
    this.backlog = SourceMetrics.backlogElementsOfSplit(partition.toString());
  }

  /** A record of a batch. */
  void add(int keySize, int valueSize) {
    // A null has the size -1.
    long size = Math.max(0, keySize) + (long) Math.max(0, valueSize);
    count++;
    sum += size;
    least = Math.min(least, size);
    most = Math.max(most, size);
  }

  /** The batch is over. */
  void batchEnded() {
    if (count > 0) {
      elements.inc(count);
      bytes.inc(sum);
      sizes.update(sum, count, least, most);
      count = 0;
      sum = 0;
      least = Long.MAX_VALUE;
      most = 0;
    }
  }

  /** Records that were written and not read yet. */
  void backlog(long records) {
    backlog.set(records);
  }
}
