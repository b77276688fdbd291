package io.purlin.io.kafka.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.common.TopicPartition;

/**
 * What the readers of one step know together: the partitions, in the order in which they were
 * found, and which have ended; and how far each reader has come. Thread-safe.
 *
 * <p>Invariants: the partition at index i belongs to reader i mod parallelism. Once all have ended,
 * none is added: readers that have gone would not read it.
 */
final class SharedPartitions {
  /** What a reader without open partitions says of its watermark. */
  private static final long NONE = Long.MAX_VALUE;

  private record State(List<Position> found, Set<TopicPartition> ended) {
    boolean allEnded() {
      return !found.isEmpty() && ended.size() == found.size();
    }
  }

  private volatile State state;
  private final AtomicLongArray watermarks;

  /**
   * @param found the partitions that are known, and where they are read on
   * @param parallelism number of readers
   */
  SharedPartitions(List<Position> found, int parallelism) {
    Set<TopicPartition> ended = new HashSet<>();
    found.stream().filter(Position::ended).forEach(each -> ended.add(each.partition()));
    this.state = new State(List.copyOf(found), Set.copyOf(ended));
    this.watermarks = new AtomicLongArray(parallelism);
    for (int i = 0; i < parallelism; i++) {
      watermarks.set(i, BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis());
    }
  }

  /** How many partitions are known. */
  int size() {
    return state.found().size();
  }

  /** The partitions of one reader among those with an index of {@code from} or more. */
  List<Position> of(int reader, int from) {
    List<Position> found = state.found();
    List<Position> own = new ArrayList<>();
    for (int i = from; i < found.size(); i++) {
      if (i % watermarks.length() == reader) {
        own.add(found.get(i));
      }
    }
    return own;
  }

  /** Partitions that are known, of all readers. */
  Set<TopicPartition> known() {
    Set<TopicPartition> known = new HashSet<>();
    state.found().forEach(each -> known.add(each.partition()));
    return known;
  }

  /** Adds partitions that nobody has known; does nothing when all have ended. */
  synchronized void add(Collection<Position> positions) {
    if (!state.allEnded()) {
      List<Position> all = new ArrayList<>(state.found());
      all.addAll(positions);
      state = new State(List.copyOf(all), state.ended());
    }
  }

  /** Nothing more is read of a partition. */
  synchronized void ended(TopicPartition partition) {
    Set<TopicPartition> all = new HashSet<>(state.ended());
    all.add(partition);
    state = new State(state.found(), Set.copyOf(all));
  }

  /** Whether all partitions have ended. Stays true. */
  boolean allEnded() {
    return state.allEnded();
  }

  /** How far a reader has come. */
  ReaderWatermark watermarkOf(int reader) {
    return new ReaderWatermark(reader);
  }

  private void tell(int reader, long millis) {
    if (watermarks.get(reader) != millis) {
      watermarks.set(reader, millis);
    }
  }

  /** The least watermark of the readers that have one; {@link #NONE} when none has. */
  private long least() {
    long least = NONE;
    for (int i = 0; i < watermarks.length(); i++) {
      least = Math.min(least, watermarks.get(i));
    }
    return least;
  }

  /**
   * How far a reader is: the least of its open partitions, or of all readers when it has none. Told
   * to the others. Owned by the reader.
   *
   * <p>The partitions are gone through only when their least may have changed, which is when that
   * of the least has, or when there are others.
   */
  final class ReaderWatermark {
    private final int reader;
    private long least = NONE;
    private boolean stale = true;
    private long millis = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

    private ReaderWatermark(int reader) {
      this.reader = reader;
    }

    /** Asks a partition's policy how far it is. */
    void refresh(PartitionCursor<?, ?> cursor) {
      long before = cursor.watermarkMillis();
      cursor.refreshWatermark();
      stale |= before <= least && cursor.watermarkMillis() != before;
    }

    /** Partitions are opened, or have ended. */
    void partitionsChanged() {
      stale = true;
    }

    /** Tells it to the other readers, and hears of theirs. */
    void publish(Collection<? extends PartitionCursor<?, ?>> open) {
      if (stale) {
        stale = false;
        least = NONE;
        for (PartitionCursor<?, ?> cursor : open) {
          least = Math.min(least, cursor.watermarkMillis());
        }
        tell(reader, least);
      }
      long said = least == NONE ? least() : least;
      if (said != NONE) {
        millis = said;
      }
    }

    /** As it was published last. */
    long millis() {
      return millis;
    }
  }
}
