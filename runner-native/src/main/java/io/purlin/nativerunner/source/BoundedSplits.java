package io.purlin.nativerunner.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.sdk.io.BoundedSource;
import org.jspecify.annotations.Nullable;

/**
 * The splits of a bounded source, which all its readers take from. Thread-safe.
 *
 * <p>A position of the source is the list of its splits and, from each reader, which of them it has
 * read and how many elements of the one it is reading. One reader adds how far an earlier run had
 * read splits, which counts for those that nobody has taken since. So a split is read on by
 * skipping; this relies on a split giving the same elements in the same order each time.
 */
final class BoundedSplits {
  private static final int SPLITS = 0;
  private static final int PROGRESS = 1;
  private static final int NONE = -1;

  /**
   * A split to be read.
   *
   * @param index of the split
   * @param source the split
   * @param skipped elements that were read before
   */
  record Split(int index, BoundedSource<?> source, long skipped) {}

  private final Queue<Split> open = new ConcurrentLinkedQueue<>();
  private final List<BoundedSource<?>> all;
  private final List<Integer> finished;
  private final Map<Integer, Long> readBefore;
  private final BoundedProgress progress;
  private byte @Nullable [] list;

  private BoundedSplits(
      List<? extends BoundedSource<?>> splits, Map<Integer, Long> read, Set<Integer> done) {
    this.all = List.copyOf(splits);
    this.finished = List.copyOf(done);
    this.readBefore = Map.copyOf(read);
    this.progress = new BoundedProgress(all.size(), finished.size());
    ArrayDeque<Split> order = new ArrayDeque<>();
    for (int i = 0; i < splits.size(); i++) {
      Long skipped = read.get(i);
      if (done.contains(i)) {
        continue;
      }
      if (skipped != null) {
        order.addFirst(new Split(i, splits.get(i), skipped));
      } else {
        order.addLast(new Split(i, splits.get(i), 0));
      }
    }
    open.addAll(order);
  }

  /** Splits that nobody has read yet. */
  static BoundedSplits of(List<? extends BoundedSource<?>> splits) {
    return new BoundedSplits(splits, Map.of(), Set.of());
  }

  /**
   * What is left to read, by the positions of all readers.
   *
   * @param step full name of the Beam transform
   * @throws RefusedPositionException when a split cannot be read, or holds what no split has
   */
  static BoundedSplits at(List<byte[]> positions, String step) throws IOException {
    List<BoundedSource<?>> splits = new ArrayList<>();
    Map<Integer, Long> read = new HashMap<>();
    Set<Integer> done = new HashSet<>();
    for (byte[] position : positions) {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(position));
      if (in.readByte() == SPLITS) {
        for (int count = in.readInt(); count > 0; count--) {
          byte[] split = in.readNBytes(in.readInt());
          splits.add(StoredSplit.read(split, BoundedSource.class, step));
        }
        continue;
      }
      for (int count = in.readInt(); count > 0; count--) {
        done.add(in.readInt());
      }
      int reading = in.readInt();
      if (reading != NONE) {
        read.merge(reading, in.readLong(), Math::max);
      }
    }
    return new BoundedSplits(splits, read, done);
  }

  /** The next split to read; null when all are taken. */
  @Nullable Split take() {
    return open.poll();
  }

  /** How far they have been read. */
  BoundedProgress progress() {
    return progress;
  }

  /** The entry of a position that lists all splits. Only one reader may ask for it. */
  byte[] list() throws IOException {
    if (list == null) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(SPLITS);
      out.writeInt(all.size());
      for (BoundedSource<?> split : all) {
        byte[] self = StoredSplit.write(split);
        out.writeInt(self.length);
        out.write(self);
      }
      list = bytes.toByteArray();
    }
    return list;
  }

  /** The splits that an earlier run had read to their end. */
  List<Integer> finishedBefore() {
    return finished;
  }

  /** The entries of the splits that an earlier run had begun to read. */
  List<byte[]> begunBefore() throws IOException {
    List<byte[]> entries = new ArrayList<>();
    for (Map.Entry<Integer, Long> each : readBefore.entrySet()) {
      entries.add(progress(List.of(), each.getKey(), each.getValue()));
    }
    return entries;
  }

  /**
   * The entry of one reader.
   *
   * @param done splits that it has read to their end
   * @param reading what it reads now, if anything
   * @param read elements of that which it has read
   */
  static byte[] progress(List<Integer> done, @Nullable Split reading, long read)
      throws IOException {
    return progress(done, reading == null ? NONE : reading.index(), read);
  }

  private static byte[] progress(List<Integer> done, int reading, long read) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(PROGRESS);
    out.writeInt(done.size());
    for (int index : done) {
      out.writeInt(index);
    }
    out.writeInt(reading);
    if (reading != NONE) {
      out.writeLong(read);
    }
    return bytes.toByteArray();
  }
}
