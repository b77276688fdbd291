package io.purlin.io.kafka.source;

import io.purlin.sdk.connector.SplitOutput;
import io.purlin.sdk.connector.SplitReader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one task's partitions by a consumer of its own. Owned by the task's thread.
 *
 * <p>A call of {@link #poll} emits what was polled before from one partition, or polls without
 * waiting. The consumer is polled only when all it gave is emitted, so that its position is that of
 * each partition. Partitions are assigned, not subscribed to: the group decides nothing.
 *
 * <p>After a poll only those partitions are looked at of which it, or the one before, gave records:
 * what a record costs does not depend on how many others there are. All are looked at when a poll
 * gave nothing, each {@link #LOOK_INTERVAL_MILLIS}, and before positions are told.
 *
 * @param <K> keys
 * @param <V> values
 */
final class PartitionReader<K, V> implements SplitReader<KafkaRecord<K, V>> {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionReader.class);

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  /** For people who look on. */
  private static final long LAG_INTERVAL_MILLIS = 1_000;

  /** As often as a busy task passes a watermark on, unless it is told otherwise. */
  private static final long LOOK_INTERVAL_MILLIS = 20;

  private final ReadStep<K, V> step;
  private final int index;
  private final SharedPartitions shared;
  private final boolean watched;
  private final @Nullable Discovery discovery;
  private final LongSupplier clockMillis;
  private final Ends ends = new Ends();
  private final Arrivals arrivals = new Arrivals();
  private final @Nullable GroupOffsets group;
  private final SharedPartitions.ReaderWatermark watermark;
  private final Map<TopicPartition, PartitionCursor<K, V>> open = new LinkedHashMap<>();

  /** Those whose records are not emitted yet, in the order of their turns. */
  private final Deque<PartitionCursor<K, V>> waiting = new ArrayDeque<>();

  /** Those of which the last poll gave records. */
  private List<PartitionCursor<K, V>> given = List.of();

  private final List<Position> ended = new ArrayList<>();
  private long nextLagMillis = Long.MIN_VALUE;
  private long nextLookMillis = Long.MIN_VALUE;
  private boolean backlogWanted;
  private int seen;
  private @Nullable Consumer<byte[], byte[]> consumer;
  private @Nullable RecordDecoder<K, V> decoder;
  private @Nullable Cluster cluster;

  /**
   * @param step what is read
   * @param index which of the step's readers it is
   * @param shared what they know together
   * @param watched whether partitions may be added
   * @param discovery looks for such, if it is this reader that does
   * @param clockMillis processing time
   */
  PartitionReader(
      ReadStep<K, V> step,
      int index,
      SharedPartitions shared,
      boolean watched,
      @Nullable Discovery discovery,
      LongSupplier clockMillis) {
    this.step = step;
    this.index = index;
    this.shared = shared;
    this.watched = watched;
    this.discovery = discovery;
    this.clockMillis = clockMillis;
    this.watermark = shared.watermarkOf(index);
    this.group = step.commits() ? new GroupOffsets(step.stepName()) : null;
  }

  @Override
  public void open() {
    try {
      decoder = new RecordDecoder<>(step);
      consumer = step.clients().consumer(step.settings().reading());
    } catch (KafkaException e) {
      throw step.settings().failure("connecting", e);
    }
    takeNew();
    watermark.publish(open.values());
  }

  /** Takes the partitions that are known by now and not taken yet. */
  private void takeNew() {
    int size = shared.size();
    if (size == seen) {
      return;
    }
    List<Position> added = shared.of(index, seen);
    seen = size;
    List<PartitionCursor<K, V>> cursors = new ArrayList<>();
    for (Position position : new StartOffsets(step).lookUp(added)) {
      if (position.ended()) {
        ended.add(position);
      } else {
        boolean restored = added.contains(position) && position.next() >= 0;
        cursors.add(new PartitionCursor<>(position, restored, step.format().times()));
      }
    }
    if (!cursors.isEmpty()) {
      assign(cursors);
    }
  }

  private void assign(List<PartitionCursor<K, V>> cursors) {
    Consumer<byte[], byte[]> reading = consumer();
    Set<TopicPartition> all = new HashSet<>(reading.assignment());
    cursors.forEach(cursor -> all.add(cursor.partition()));
    // Partitions that were assigned before keep their positions.
    reading.assign(all);
    for (PartitionCursor<K, V> cursor : cursors) {
      if (cursor.lag().next() >= 0) {
        reading.seek(cursor.partition(), cursor.lag().next());
      } else {
        reading.seekToBeginning(List.of(cursor.partition()));
      }
    }
    cursors.forEach(cursor -> open.put(cursor.partition(), cursor));
    watermark.partitionsChanged();
    nextLookMillis = Long.MIN_VALUE;
  }

  private Consumer<byte[], byte[]> consumer() {
    if (consumer == null) {
      throw new IllegalStateException("the reader is not open");
    }
    return consumer;
  }

  @Override
  public int poll(SplitOutput<KafkaRecord<K, V>> output, int maxElements) {
    int count = emit(output, maxElements);
    if (count > 0) {
      return count;
    }
    long now = clockMillis.getAsLong();
    ask(now);
    takeNew();
    pollConsumer(now);
    count = emit(output, maxElements);
    if (count == 0) {
      watermark.publish(open.values());
    }
    return count;
  }

  /** Emits from the partition whose turn it is of those that have records. */
  private int emit(SplitOutput<KafkaRecord<K, V>> output, int maxElements) {
    RecordDecoder<K, V> decoding = decoder;
    if (decoding == null) {
      throw new IllegalStateException("the reader is not open");
    }
    int count = 0;
    while (count == 0 && !waiting.isEmpty()) {
      PartitionCursor<K, V> cursor = waiting.remove();
      count = cursor.emit(output, maxElements, decoding);
      refreshWatermark(cursor);
      if (cursor.hasRecords()) {
        waiting.add(cursor);
      }
    }
    if (count > 0) {
      watermark.publish(open.values());
    }
    return count;
  }

  private void refreshWatermark(PartitionCursor<K, V> cursor) {
    watermark.refresh(cursor);
    backlogWanted |= cursor.lag().isWanted();
  }

  /** Asks about new partitions and ends of partitions, when that is due. */
  private void ask(long now) {
    if (discovery != null && discovery.isDue(now)) {
      discovery.step(now, this::cluster);
    }
    if (ends.isDue(now, backlogWanted)) {
      ends.step(now, open.values(), cluster());
    }
    if (now >= nextLagMillis) {
      nextLagMillis = now + LAG_INTERVAL_MILLIS;
      tellLags();
    }
  }

  /**
   * Tells how far each partition is behind, by what the consumer has heard with its last records:
   * nobody is asked. All that it has given is emitted by now.
   */
  private void tellLags() {
    for (PartitionCursor<K, V> cursor : open.values()) {
      consumer().currentLag(cursor.partition()).ifPresent(cursor.metrics()::backlog);
    }
  }

  private Cluster cluster() {
    Cluster asked = cluster;
    if (asked == null) {
      asked = step.cluster();
      cluster = asked;
    }
    return asked;
  }

  /** Polls without waiting, and looks at the partitions that may have moved on. */
  private void pollConsumer(long now) {
    Consumer<byte[], byte[]> reading = consumer();
    ConsumerRecords<byte[], byte[]> records = ConsumerRecords.empty();
    if (!reading.assignment().isEmpty()) {
      try {
        records = arrivals.poll(reading);
      } catch (OffsetOutOfRangeException e) {
        goOnWhereThereAreRecords(e);
        return;
      } catch (KafkaException e) {
        throw step.settings().failure("reading " + step.subscription(), e);
      }
    }
    List<PartitionCursor<K, V>> before = given;
    given = new ArrayList<>();
    for (TopicPartition partition : records.partitions()) {
      PartitionCursor<K, V> cursor = open.get(partition);
      if (cursor != null) {
        cursor.take(records.records(partition));
        given.add(cursor);
        waiting.add(cursor);
      }
    }
    if (records.isEmpty() || now >= nextLookMillis) {
      nextLookMillis = now + LOOK_INTERVAL_MILLIS;
      backlogWanted = false;
      lookAt(List.copyOf(open.values()), records.isEmpty());
    } else {
      lookAt(before, false);
    }
  }

  /** Finds out how far partitions are, and lets go of those that have come to their end. */
  private void lookAt(List<PartitionCursor<K, V>> cursors, boolean dry) {
    for (PartitionCursor<K, V> cursor : cursors) {
      if (cursor.hasRecords()) {
        backlogWanted |= cursor.lag().isWanted();
        continue;
      }
      advance(cursor, consumer());
      refreshWatermark(cursor);
      if (cursor.isAtStop() || (cursor.isAtEndOfTime() && (dry || hasNoLag(cursor.partition())))) {
        end(cursor);
      }
    }
  }

  private void end(PartitionCursor<K, V> cursor) {
    TopicPartition partition = cursor.partition();
    LOG.info("{}: {} has ended", step.stepName(), partition);
    consumer().pause(List.of(partition));
    ended.add(cursor.position(true));
    open.remove(partition);
    watermark.partitionsChanged();
    shared.ended(partition);
  }

  /** Passes what is in the partition and is no record, such as marks of transactions. */
  private static void advance(PartitionCursor<?, ?> cursor, Consumer<?, ?> reading) {
    try {
      cursor.advanceTo(reading.position(cursor.partition(), Duration.ZERO));
    } catch (TimeoutException e) {
      // The consumer is just finding out where it is: there is nothing to pass yet.
      LOG.trace("no position of {}", cursor.partition(), e);
    }
  }

  /** The broker has deleted what was to be read next. */
  private void goOnWhereThereAreRecords(OffsetOutOfRangeException gone) {
    Collection<TopicPartition> partitions = gone.partitions();
    if (step.settings().endsWhenRecordsAreGone()) {
      throw step.settings().failure("reading " + new TreeSet<>(names(partitions)), gone);
    }
    LOG.warn(
        "{}: records that were not read yet are gone, reading goes on with the oldest there are:"
            + " {}",
        step.stepName(),
        gone.offsetOutOfRangePartitions());
    consumer().seekToBeginning(partitions);
    open.values().stream()
        .filter(cursor -> partitions.contains(cursor.partition()))
        .forEach(PartitionCursor::rewind);
  }

  private static List<String> names(Collection<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::toString).toList();
  }

  private boolean hasNoLag(TopicPartition partition) {
    return consumer().currentLag(partition).orElse(-1) == 0;
  }

  @Override
  public boolean hasEnded() {
    return open.isEmpty() && (!watched || shared.allEnded());
  }

  @Override
  public long watermarkMillis() {
    return watermark.millis();
  }

  @Override
  public List<byte[]> positions() {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    List<byte[]> positions = new ArrayList<>();
    for (Position position : ended) {
      positions.add(position.encode());
      offsets.put(position.partition(), position.next());
    }
    for (PartitionCursor<K, V> cursor : open.values()) {
      positions.add(cursor.position(false).encode());
      offsets.put(cursor.partition(), cursor.lag().next());
    }
    if (group != null) {
      offsets.values().removeIf(offset -> offset < 0);
      group.take(offsets);
    }
    return positions;
  }

  @Override
  public void positionsCommitted() {
    if (group != null && consumer != null) {
      group.commit(consumer, clockMillis.getAsLong());
    }
  }

  // Clients from 4.1 on want it closed in another way, which older ones do not have.
  @SuppressWarnings("deprecation")
  @Override
  public void close() {
    // Whoever stops the task interrupts it; an interrupted client does not take its leave.
    boolean interrupted = Thread.interrupted();
    try {
      if (consumer != null) {
        if (group != null) {
          group.close(consumer, CLOSE_WAIT);
          // It may have been interrupted again while it waited.
          interrupted |= Thread.interrupted();
        }
        consumer.close(CLOSE_WAIT);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (cluster != null) {
        cluster.close();
      }
      if (decoder != null) {
        decoder.close();
      }
    }
  }
}
