package io.purlin.io.kafka.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks by an admin client, whose own thread does the waiting. */
final class AdminCluster implements Cluster {
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);

  private final Admin admin;
  private final boolean internalTopics;

  /**
   * @param config of the admin client
   * @param internalTopics whether a pattern may match Kafka's internal topics
   */
  AdminCluster(Map<String, Object> config, boolean internalTopics) {
    this.admin = Admin.create(config);
    this.internalTopics = internalTopics;
  }

  @Override
  public Answer<Topics> topics(Subscription subscription) {
    List<String> named = subscription.namedTopics();
    return named.isEmpty() ? new Matching(subscription) : new Named(named);
  }

  @Override
  public Answer<Map<TopicPartition, Long>> ends(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
    KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> all =
        admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED)).all();
    return new Answer<>() {
      @Override
      public boolean isDone() {
        return all.isDone();
      }

      @Override
      public Map<TopicPartition, Long> get() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> ends = new HashMap<>();
        all.get().forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
      }
    };
  }

  @Override
  public void close() {
    admin.close(CLOSE_WAIT);
  }

  /** Topics by their names. */
  private final class Named implements Answer<Topics> {
    private final Map<String, KafkaFuture<TopicDescription>> asked;

    Named(Collection<String> names) {
      this.asked = admin.describeTopics(names).topicNameValues();
    }

    @Override
    public boolean isDone() {
      return asked.values().stream().allMatch(KafkaFuture::isDone);
    }

    @Override
    public Topics get() throws ExecutionException, InterruptedException {
      Map<String, Integer> partitions = new HashMap<>();
      Set<String> missing = new HashSet<>();
      for (Map.Entry<String, KafkaFuture<TopicDescription>> each : asked.entrySet()) {
        try {
          partitions.put(each.getKey(), each.getValue().get().partitions().size());
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
            throw e;
          }
          missing.add(each.getKey());
        }
      }
      return new Topics(partitions, missing);
    }
  }

  /** Topics whose names match: first all names, then those. */
  private final class Matching implements Answer<Topics> {
    private final Subscription subscription;
    private final KafkaFuture<Set<String>> names;
    private @Nullable Named matching;

    Matching(Subscription subscription) {
      this.subscription = subscription;
      this.names = admin.listTopics(new ListTopicsOptions().listInternal(internalTopics)).names();
    }

    @Override
    public boolean isDone() {
      if (!names.isDone()) {
        return false;
      }
      if (names.isCompletedExceptionally()) {
        return true;
      }
      try {
        return matching().isDone();
      } catch (ExecutionException e) {
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public Topics get() throws ExecutionException, InterruptedException {
      // One that was deleted between the two questions is missed by nobody.
      return new Topics(matching().get().partitions(), Set.of());
    }

    private Named matching() throws ExecutionException, InterruptedException {
      Named asked = matching;
      if (asked == null) {
        List<String> found = new ArrayList<>(names.get());
        found.removeIf(name -> !subscription.matches(name));
        asked = new Named(found);
        matching = asked;
      }
      return asked;
    }
  }
}
