package io.purlin.io.kafka.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for new partitions now and then, and adds them to those that the readers share. Owned by
 * the reader that has it; never waits.
 *
 * <p>A partition that has appeared since the job began is read from its beginning, so that nothing
 * is left out. A topic that was added to the pipeline's list since the checkpoint is no new topic:
 * it is read from where the read is set up to start.
 */
final class Discovery {
  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

  private final ReadStep<?, ?> step;
  private final SharedPartitions shared;
  private final long intervalMillis;
  private final Set<String> topicsBefore;
  private final boolean restored;
  private Cluster.@Nullable Answer<Cluster.Topics> asked;
  private long nextMillis = Long.MIN_VALUE;

  /**
   * @param intervalMillis from an answer to the next question, at least 1
   * @param restored whether the job goes on from a checkpoint: then it looks at once
   */
  Discovery(ReadStep<?, ?> step, SharedPartitions shared, long intervalMillis, boolean restored) {
    this.step = step;
    this.shared = shared;
    this.intervalMillis = intervalMillis;
    this.restored = restored;
    this.topicsBefore =
        shared.known().stream().map(TopicPartition::topic).collect(Collectors.toSet());
  }

  /** Does what is due. */
  void step(long nowMillis, Supplier<Cluster> cluster) {
    if (nextMillis == Long.MIN_VALUE) {
      nextMillis = restored ? nowMillis : nowMillis + intervalMillis;
    }
    Cluster.Answer<Cluster.Topics> answer = asked;
    if (answer == null) {
      if (nowMillis >= nextMillis) {
        asked = cluster.get().topics(step.subscription());
      }
    } else if (answer.isDone()) {
      asked = null;
      nextMillis = nowMillis + intervalMillis;
      take(answer);
    }
  }

  /** Whether {@link #step} has something to do. */
  boolean isDue(long nowMillis) {
    return asked != null || nowMillis >= nextMillis;
  }

  private void take(Cluster.Answer<Cluster.Topics> answer) {
    try {
      List<TopicPartition> partitions = new ArrayList<>(partitions(answer.get()));
      partitions.removeAll(shared.known());
      if (!partitions.isEmpty()) {
        LOG.info("{}: new partitions are read: {}", step.stepName(), partitions);
        partitions.stream().map(TopicPartition::topic).distinct().forEach(step::addLineage);
        shared.add(
            partitions.stream()
                .map(each -> Position.fresh(each, start(each.topic()), Position.NO_STOP))
                .toList());
      }
    } catch (ExecutionException e) {
      LOG.warn("{}: new partitions could not be looked for: {}", step.stepName(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long start(String topic) {
    boolean listedSince =
        restored && !step.subscription().matches(topic) && !topicsBefore.contains(topic);
    return listedSince ? Position.START : Position.BEGINNING;
  }

  /** The partitions of topics, in order. */
  static List<TopicPartition> partitions(Cluster.Topics topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    topics.partitions().keySet().stream()
        .sorted()
        .forEach(
            topic -> {
              for (int i = 0; i < topics.partitions().getOrDefault(topic, 0); i++) {
                partitions.add(new TopicPartition(topic, i));
              }
            });
    return partitions;
  }
}
