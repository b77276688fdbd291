package io.purlin.benchmarks.kafka;

import io.purlin.pipelines.kafka.Topics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The offsets that a consumer group commits in one transaction with its copies: how a side knows
 * that it is ready whose job never ends. A reader that counts the copies would take a tenth of the
 * processor time that the side has. Needs nothing but Kafka's clients. Used by one thread.
 */
final class CommittedOffsets implements AutoCloseable {
  private final Admin admin;
  private final String group;
  private final Map<TopicPartition, Long> ends;

  /**
   * Connects.
   *
   * @param request to copy what the topic holds now; the group is called as the copy
   */
  CommittedOffsets(CopyRequest request) {
    group = request.to();
    try (Topics topics = Topics.at(request.servers())) {
      ends = topics.ends(request.from());
    }
    admin = Admin.create(Map.of("bootstrap.servers", request.servers()));
  }

  /** Whether all is committed that is to be copied. */
  boolean areAtEnd() {
    Map<TopicPartition, OffsetAndMetadata> committed = committed();
    return ends.entrySet().stream()
        .allMatch(end -> offset(committed.get(end.getKey())) >= end.getValue());
  }

  private Map<TopicPartition, OffsetAndMetadata> committed() {
    try {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the offsets of " + group + " are not told", e);
    }
  }

  /** A group has committed nothing at first. */
  private static long offset(@Nullable OffsetAndMetadata committed) {
    return committed == null ? 0 : committed.offset();
  }

  @Override
  public void close() {
    admin.close();
  }
}
