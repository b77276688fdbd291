package io.purlin.io.kafka.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the consumer group how far a reader's partitions are read, once a checkpoint says so for
 * good. Offsets that have not moved are told again now and then, or the broker would forget them.
 * Owned by the reader; does not wait: a commit goes on while the consumer polls. One that fails is
 * logged and told again with the next; {@link #close}, which has no next, waits.
 */
final class GroupOffsets {
  private static final Logger LOG = LoggerFactory.getLogger(GroupOffsets.class);

  /** As KafkaIO's readers. */
  private static final long REPEAT_MILLIS = 600_000;

  private final String stepName;
  private Map<TopicPartition, Long> taken = Map.of();
  private final Map<TopicPartition, Long> told = new HashMap<>();

  /** What is final and the broker has not confirmed. */
  private final Map<TopicPartition, OffsetAndMetadata> unconfirmed = new HashMap<>();

  private long repeatMillis = Long.MIN_VALUE;

  GroupOffsets(String stepName) {
    this.stepName = stepName;
  }

  /** These are in a checkpoint that may become final. */
  void take(Map<TopicPartition, Long> offsets) {
    taken = Map.copyOf(offsets);
  }

  /** What was taken last is final. */
  void commit(Consumer<?, ?> consumer, long nowMillis) {
    if (nowMillis >= repeatMillis) {
      told.clear();
      repeatMillis = nowMillis + REPEAT_MILLIS;
    }
    Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
    taken.forEach(
        (partition, offset) -> {
          if (!offset.equals(told.put(partition, offset))) {
            moved.put(partition, new OffsetAndMetadata(offset));
          }
        });
    if (moved.isEmpty()) {
      return;
    }
    unconfirmed.putAll(moved);
    try {
      // Answered by the thread that polls or closes the consumer, which is the reader's.
      consumer.commitAsync(
          moved,
          (offsets, failure) -> {
            if (failure == null) {
              offsets.forEach(unconfirmed::remove);
            } else {
              failed(failure);
            }
          });
    } catch (KafkaException e) {
      failed(e);
    }
  }

  /**
   * Nothing follows, and another job may start where the group is: waits until it has heard what is
   * final. The consumer itself, when it is closed, tries once and tells nobody how that went.
   */
  void close(Consumer<?, ?> consumer, Duration longest) {
    if (unconfirmed.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(Map.copyOf(unconfirmed), longest);
      unconfirmed.clear();
    } catch (KafkaException e) {
      failed(e);
    }
  }

  private void failed(Exception failure) {
    told.clear();
    LOG.warn("{}: offsets could not be committed to the group: {}", stepName, failure.toString());
  }
}
