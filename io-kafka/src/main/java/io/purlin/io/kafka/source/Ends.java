package io.purlin.io.kafka.source;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up the ends of a reader's partitions once in {@link #INTERVAL_MILLIS}, from when a
 * timestamp policy has asked for its backlog. Owned by the reader; never waits.
 */
final class Ends {
  private static final Logger LOG = LoggerFactory.getLogger(Ends.class);

  /** As often as KafkaIO's readers. */
  private static final long INTERVAL_MILLIS = 1_000;

  private Cluster.@Nullable Answer<Map<TopicPartition, Long>> asked;
  private long askedMillis;
  private long nextMillis = Long.MIN_VALUE;
  private boolean failing;

  /**
   * Whether {@link #step} has something to do.
   *
   * @param wanted whether a policy has asked
   */
  boolean isDue(long nowMillis, boolean wanted) {
    return asked != null || (wanted && nowMillis >= nextMillis);
  }

  /** Does what is due. */
  void step(long nowMillis, Collection<? extends PartitionCursor<?, ?>> open, Cluster cluster) {
    Cluster.Answer<Map<TopicPartition, Long>> answer = asked;
    if (answer == null) {
      asked = cluster.ends(open.stream().<TopicPartition>map(PartitionCursor::partition).toList());
      askedMillis = nowMillis;
      nextMillis = nowMillis + INTERVAL_MILLIS;
    } else if (answer.isDone()) {
      asked = null;
      take(answer, open);
    }
  }

  private void take(
      Cluster.Answer<Map<TopicPartition, Long>> answer,
      Collection<? extends PartitionCursor<?, ?>> open) {
    try {
      Map<TopicPartition, Long> ends = answer.get();
      failing = false;
      for (PartitionCursor<?, ?> cursor : open) {
        Long end = ends.get(cursor.partition());
        if (end != null) {
          cursor.lag().looked(end, askedMillis);
          cursor.metrics().backlog(Math.max(0, end - Math.max(0, cursor.lag().next())));
        }
      }
    } catch (ExecutionException e) {
      if (!failing) {
        LOG.warn("ends of partitions cannot be looked up, watermarks wait: {}", e.getCause());
      }
      failing = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
