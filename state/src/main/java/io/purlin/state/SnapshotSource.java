package io.purlin.state;

import io.purlin.state.SnapshotSink.Extent;
import io.purlin.state.SnapshotSink.Tag;
import io.purlin.state.keys.KeyGroups;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.beam.sdk.util.VarInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads a snapshot that {@link SnapshotSink} wrote: those of its frames that are for one task of
 * the job as it is now, whose parallelism may be another. Owned by one thread.
 */
public final class SnapshotSource {
  private final DataInputStream in;
  private final int task;
  private final int parallelism;
  private final int maxParallelism;
  private final int writer;
  private final int writers;
  private final boolean isHeir;
  private final SegmentFilter filter;
  private byte[] buffer = new byte[256];
  private Tag tag;
  private Tag frameTag = Tag.END;
  private int keyGroup;
  private int keyBytes;
  private int spread;
  private boolean isBased;
  private boolean isAdopted;
  private @Nullable PartSpec part;

  /**
   * @param in the whole snapshot of an earlier task; best buffered
   * @param task which of the parallel tasks reads, from 0
   * @param parallelism how many there are now
   * @param maxParallelism number of key groups of the job
   * @throws IncompatibleStateException when the number of key groups was another
   */
  public SnapshotSource(InputStream in, int task, int parallelism, int maxParallelism)
      throws IOException {
    this(in, task, parallelism, maxParallelism, new SegmentFilter());
  }

  /**
   * As above, for one of several segments.
   *
   * @param filter what is known from the newer segments
   */
  public SnapshotSource(
      InputStream in, int task, int parallelism, int maxParallelism, SegmentFilter filter)
      throws IOException {
    this.filter = filter;
    this.in = new DataInputStream(in);
    if (this.in.readInt() != SnapshotSink.MAGIC) {
      throw new IOException("not a snapshot");
    }
    int version = VarInt.decodeInt(this.in);
    if (version != SnapshotSink.VERSION) {
      throw new IncompatibleStateException("snapshot of the unknown format " + version);
    }
    this.writer = VarInt.decodeInt(this.in);
    this.writers = VarInt.decodeInt(this.in);
    int groups = VarInt.decodeInt(this.in);
    if (groups != maxParallelism) {
      throw new IncompatibleStateException(
          "stored state has " + groups + " key groups and the job has " + maxParallelism);
    }
    this.task = task;
    this.parallelism = parallelism;
    this.maxParallelism = maxParallelism;
    this.isHeir = overlaps();
    this.tag = nextTag();
  }

  /** Whether the task has key groups that were the writer's. */
  private boolean overlaps() {
    for (int group = 0; group < maxParallelism; group++) {
      if (KeyGroups.task(group, writers, maxParallelism) == writer
          && KeyGroups.task(group, parallelism, maxParallelism) == task) {
        return true;
      }
    }
    return false;
  }

  /**
   * Offers every part to their owner. {@link Snapshottable#restored} is left to the caller, for
   * when all earlier tasks' snapshots have been offered.
   *
   * @param skipsUnknown whether parts that the owner does not know are left out
   * @throws IncompatibleStateException for a part that the owner does not know, or cannot read
   */
  public void restoreTo(Snapshottable owner, boolean skipsUnknown) throws IOException {
    for (PartSpec each = nextPart(); each != null; each = nextPart()) {
      if (!owner.restore(this) && !skipsUnknown) {
        throw new IncompatibleStateException(
            "stored state " + each.name() + " (" + each.kind() + ") is nowhere in the pipeline");
      }
    }
  }

  /**
   * Goes to the next part that counts, over frames of this one that were not read.
   *
   * @return what it is; null at the end
   */
  public @Nullable PartSpec nextPart() throws IOException {
    do {
      while (nextFrame() != null) {
        // Not wanted.
      }
      if (tag == Tag.END) {
        part = null;
        return null;
      }
      readPart();
    } while (!filter.partCounts());
    return part;
  }

  private void readPart() throws IOException {
    boolean isWhole = tag == Tag.PART;
    isBased = tag == Tag.BASED;
    isAdopted = false;
    PartSpec read = PartSpec.read(in);
    part = read;
    spread = 0;
    filter.part(read.name(), isWhole);
    tag = nextTag();
  }

  /** The part at which it stands. */
  public PartSpec part() {
    if (part == null) {
      throw new IllegalStateException("there is no part here");
    }
    return part;
  }

  /**
   * Goes to the next frame of the part that is for this task.
   *
   * @return its bytes, to be used before the next call; null at the end of the part
   */
  public @Nullable ByteArrayInputStream nextFrame() throws IOException {
    while (tag != Tag.END && tag != Tag.PART && tag != Tag.CHANGES && tag != Tag.BASED) {
      boolean mine = isMine();
      frameTag = tag;
      int length = VarInt.decodeInt(in);
      if (!mine) {
        in.skipNBytes(length);
        tag = nextTag();
        continue;
      }
      byte[] frame = read(length);
      tag = nextTag();
      if (counts(frame, length)) {
        return new ByteArrayInputStream(frame, 0, length);
      }
    }
    return null;
  }

  /** Whether a frame is for the reader, and was not overtaken by a newer segment. */
  private boolean counts(byte[] frame, int length) {
    switch (frameTag) {
      case CELL -> {
        return filter.cellCounts(frame, keyBytes);
      }
      case GONE -> {
        return filter.gone(frame, length) && isAdopted;
      }
      case WIPED -> {
        return filter.wiped(frame, length) && isAdopted;
      }
      case SIZE -> {
        return isAdopted && filter.sizeCounts();
      }
      case SHARED -> {
        filter.window(frame, length);
        return filter.partCounts();
      }
      default -> {
        return filter.partCounts();
      }
    }
  }

  private boolean isMine() throws IOException {
    switch (tag) {
      case KEYED, GONE -> {
        keyGroup = VarInt.decodeInt(in);
        return isOfTask(keyGroup);
      }
      case CELL -> {
        keyGroup = VarInt.decodeInt(in);
        keyBytes = VarInt.decodeInt(in);
        return keyGroup == KeptSegment.ANY_GROUP ? isHeir : isOfTask(keyGroup);
      }
      case SPREAD -> {
        int place = writer + (writers == parallelism ? 0 : spread++);
        return place % parallelism == task;
      }
      default -> {
        return isHeir;
      }
    }
  }

  private boolean isOfTask(int group) {
    return KeyGroups.task(group, parallelism, maxParallelism) == task;
  }

  /** Whether the frame was written for all tasks that share the writer's key groups. */
  public boolean isShared() {
    return frameTag == Tag.SHARED;
  }

  /** What the frame is. */
  Tag frameTag() {
    return frameTag;
  }

  /** Whether what the part does not have is on the reader's cold side. */
  boolean isBased() {
    return isBased && filter.base() != Extent.NONE;
  }

  /** The reader's cold side is in use: from now on it is told also what is gone. */
  SegmentFilter adopt() {
    isAdopted = true;
    return filter;
  }

  /** Whether a cell is the reader's, of which the frame does not say so. */
  boolean isForeign(int itsGroup) {
    return keyGroup == KeptSegment.ANY_GROUP && !isOfTask(itsGroup);
  }

  /** Which of the parallel tasks has written it. */
  public int writer() {
    return writer;
  }

  /** How many parallel tasks there were. */
  public int writers() {
    return writers;
  }

  /**
   * Whether nothing in it is for the reader: as many tasks as there were go on, each with its own.
   */
  public boolean isOthers() {
    return writers == parallelism && writer != task;
  }

  /** Whether the reader has key groups that were the writer's. */
  public boolean isHeir() {
    return isHeir;
  }

  /** Writes what is left of the part as a part of another snapshot. */
  public void copyPartTo(SnapshotSink sink) throws IOException {
    sink.begin(part());
    for (ByteArrayInputStream in = nextFrame(); in != null; in = nextFrame()) {
      in.transferTo(sink.frame());
      switch (frameTag) {
        case KEYED -> sink.keyed(keyGroup);
        case CELL -> sink.cell(keyGroup, keyBytes);
        case SPREAD -> sink.spread();
        default -> sink.shared();
      }
    }
  }

  private byte[] read(int length) throws IOException {
    if (buffer.length < length) {
      // Grows as the bytes come: a length that is wrong must not take all memory.
      buffer = in.readNBytes(length);
      if (buffer.length < length) {
        throw new EOFException("the snapshot ends within " + part().name());
      }
      return buffer;
    }
    in.readFully(buffer, 0, length);
    return buffer;
  }

  private Tag nextTag() throws IOException {
    return Tag.of(in.readUnsignedByte());
  }
}
