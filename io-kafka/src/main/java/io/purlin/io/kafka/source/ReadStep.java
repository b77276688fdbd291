package io.purlin.io.kafka.source;

import io.purlin.sdk.connector.SourceException;
import io.purlin.sdk.connector.SourceException.Kind;
import io.purlin.sdk.connector.SourceJob;
import io.purlin.sdk.connector.SourceTransform;
import io.purlin.sdk.connector.SplitReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.kafka.DeserializerProvider;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step that reads from Kafka, as the pipeline set it up.
 *
 * @param stepName its full name
 * @param settings of its clients
 * @param subscription what is read
 * @param format how records become elements
 * @param reach from when until when it reads
 * @param commits whether offsets are committed to the consumer group after each checkpoint
 * @param watch how often the pipeline wants to look for new partitions, if it says so
 * @param toleratesMissing whether topics that do not exist are only warned about
 * @param clients makes its clients
 * @param <K> keys
 * @param <V> values
 */
record ReadStep<K, V>(
    String stepName,
    SourceSettings settings,
    Subscription subscription,
    Format<K, V> format,
    Reach reach,
    boolean commits,
    Optional<Duration> watch,
    boolean toleratesMissing,
    Clients clients)
    implements SourceTransform<KafkaRecord<K, V>> {
  private static final Logger LOG = LoggerFactory.getLogger(ReadStep.class);

  private static final Comparator<Position> BY_NAME =
      Comparator.<Position, String>comparing(each -> each.partition().topic())
          .thenComparing(each -> each.partition().partition());

  /**
   * How records become elements.
   *
   * @param keys makes keys of bytes
   * @param values makes values of bytes
   * @param times gives them their timestamps, and each partition its watermark
   */
  record Format<K, V>(
      DeserializerProvider<K> keys,
      DeserializerProvider<V> values,
      TimestampPolicyFactory<K, V> times) {}

  /**
   * From when until when, by the records' timestamps.
   *
   * @param start where to start; null: where the consumer group was, or auto.offset.reset says
   * @param stop where to stop; null: never
   */
  record Reach(@Nullable Instant start, @Nullable Instant stop) {}

  @Override
  public String description() {
    return "Kafka " + subscription + " at " + settings.servers();
  }

  @Override
  public List<SplitReader<KafkaRecord<K, V>>> createReaders(SourceJob job) {
    long interval = watchMillis(job);
    List<Position> begin =
        new ArrayList<>(
            job.positions().isPresent() ? restored(job.positions().get()) : found(interval > 0));
    begin.sort(BY_NAME);
    SharedPartitions shared = new SharedPartitions(begin, job.parallelism());
    begin.stream().map(each -> each.partition().topic()).distinct().forEach(this::addLineage);
    List<SplitReader<KafkaRecord<K, V>>> readers = new ArrayList<>();
    for (int index = 0; index < job.parallelism(); index++) {
      Discovery discovery =
          index == 0 && interval > 0
              ? new Discovery(this, shared, interval, job.positions().isPresent())
              : null;
      readers.add(
          new PartitionReader<>(this, index, shared, interval > 0, discovery, job.clockMillis()));
    }
    return readers;
  }

  /** How often to look for new partitions; 0: never. */
  private long watchMillis(SourceJob job) {
    if (subscription.isFixed() || reach.stop() != null) {
      return 0;
    }
    long interval =
        job.options().as(KafkaSourceOptions.class).getKafkaPartitionDiscoveryIntervalMillis();
    if (interval < 0) {
      throw new IllegalArgumentException(
          "--kafkaPartitionDiscoveryIntervalMillis=" + interval + " is out of range: at least 0");
    }
    return watch.map(Duration::getMillis).orElse(interval);
  }

  private long stop() {
    return reach.stop() == null ? Position.NO_STOP : Position.STOP_UNKNOWN;
  }

  /** A checkpoint's partitions, without those that the pipeline does not name any more. */
  private List<Position> restored(List<byte[]> positions) {
    TreeMap<String, Position> restored = new TreeMap<>();
    for (byte[] bytes : positions) {
      Position position = Position.decode(bytes);
      if (!subscription.includes(position.partition())) {
        LOG.warn(
            "{}: {} is read no more: the pipeline does not name it.",
            stepName,
            position.partition());
      } else if (restored.put(position.partition().toString(), position) != null) {
        throw new SourceException(
            Kind.REFUSED,
            "The checkpoint has two positions of Kafka partition " + position.partition() + ".",
            null);
      }
    }
    return List.copyOf(restored.values());
  }

  /** The partitions that there are. */
  private List<Position> found(boolean watched) {
    Cluster.Topics topics = ask();
    if (!topics.missing().isEmpty()) {
      complain("there is no topic \"" + String.join("\", \"", topics.missing()) + "\"");
    }
    List<TopicPartition> partitions =
        subscription.isFixed() ? listed(topics) : Discovery.partitions(topics);
    if (partitions.isEmpty() && !(watched && (toleratesMissing || watch.isPresent()))) {
      throw refused("there is no partition to read of " + subscription);
    }
    return partitions.stream().map(each -> Position.fresh(each, Position.START, stop())).toList();
  }

  private List<TopicPartition> listed(Cluster.Topics topics) {
    Set<TopicPartition> missing =
        subscription.partitions().stream()
            .filter(each -> each.partition() >= topics.partitions().getOrDefault(each.topic(), 0))
            .collect(Collectors.toSet());
    if (!missing.isEmpty()) {
      complain("there are no partitions " + missing);
    }
    return subscription.partitions();
  }

  private void complain(String what) {
    if (!toleratesMissing) {
      throw refused(what);
    }
    LOG.warn("{}: Kafka at {}: {}.", stepName, settings.servers(), what);
  }

  private SourceException refused(String what) {
    return new SourceException(
        Kind.REFUSED, "Kafka at " + settings.servers() + ": " + what + ".", null);
  }

  private Cluster.Topics ask() {
    String action = "looking for " + subscription;
    try (Cluster cluster = cluster()) {
      return cluster.topics(subscription).get();
    } catch (ExecutionException e) {
      throw settings.failure(action, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Somebody to ask; whoever asks closes it. */
  Cluster cluster() {
    try {
      return clients.cluster(settings.asking(), settings.internalTopics());
    } catch (RuntimeException e) {
      throw settings.failure("connecting", e);
    }
  }

  /** Tells Beam's lineage of a topic. */
  void addLineage(String topic) {
    Lineage.getSources().add("kafka", List.of(settings.servers(), topic));
  }
}
