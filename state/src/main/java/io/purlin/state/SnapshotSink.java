package io.purlin.state;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.beam.sdk.util.VarInt;
import org.jspecify.annotations.Nullable;

/**
 * Writes a snapshot of one operator in one task.
 *
 * <p>A snapshot is parts, a part is frames: first {@link #begin}, then for each frame its bytes
 * into {@link #frame} and one of {@link #keyed}, {@link #spread}, {@link #shared}, which says who
 * reads it when the tasks are no longer the same. Tables are taken as they are and written after
 * all else, by {@link #drain}. Ends with {@link #finish}; the stream is not closed.
 *
 * <p>A snapshot may be a segment: its tables' parts then hold what has changed since the snapshot
 * before it, and only all of them together, back to the last whole one, are worth something.
 *
 * <p>Or a table may be built on a copy of its cold side, made after a {@link Fold}: then it holds
 * the changes, and the snapshots back to the fold's are worth something together with the copy.
 *
 * <p>A part of a table may come in several pieces, each of which begins as a part does.
 *
 * <p>Format: head (magic, version, task, tasks, key groups), then by a tag byte: a part's spec, or
 * a frame with its length; all numbers var-ints. A table's frames are windows, each with the cells
 * behind it. Owned by one thread.
 */
public final class SnapshotSink {
  static final int MAGIC = 0x5055524C;
  static final int VERSION = 2;

  /** What follows in the stream. */
  enum Tag {
    END(0),
    PART(1),
    KEYED(2),
    SPREAD(3),
    SHARED(4),
    CHANGES(5),
    CELL(6),
    GONE(7),
    WIPED(8),
    BASED(9),
    SIZE(10);

    private static final Tag[] ALL = values();

    private final int code;

    Tag(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static Tag of(int code) throws IOException {
      for (Tag each : ALL) {
        if (each.code == code) {
          return each;
        }
      }
      throw new IOException("not a snapshot: there is no tag " + code);
    }
  }

  private final DataOutputStream out;
  private final FrameWriter frames;
  private final Extent extent;
  private final List<Fold<?, ?>> folds = new ArrayList<>();
  private final Deque<FrozenTable<?, ?>> waiting = new ArrayDeque<>();
  private @Nullable FrozenTable<?, ?> open;
  private boolean isEmpty = true;
  private boolean isSegment;
  private boolean mayBeCopied;

  /**
   * What tables are to write.
   *
   * @param whole whether it is all cells, and not only those that have changed since the last
   *     snapshot
   * @param folds number of the checkpoint if the tables that may be copied are to be folded from
   *     its barrier on; then all others are written whole. Else {@link #NONE}
   * @param base number of the checkpoint since which the copy was folded that this checkpoint
   *     builds on, else {@link #NONE}
   */
  public record Extent(boolean whole, long folds, long base) {
    /** No checkpoint. */
    public static final long NONE = -1;

    /** All cells. */
    public static final Extent WHOLE = new Extent(true, NONE, NONE);

    /** What has changed. */
    public static final Extent CHANGES = new Extent(false, NONE, NONE);
  }

  /**
   * Begins a snapshot that needs none before it.
   *
   * @param out where it goes; best buffered
   * @param task which of the parallel tasks writes, from 0
   * @param parallelism how many there are
   * @param maxParallelism number of key groups of the job
   */
  public SnapshotSink(OutputStream out, int task, int parallelism, int maxParallelism)
      throws IOException {
    this(out, task, parallelism, maxParallelism, Extent.WHOLE);
  }

  /**
   * Begins a snapshot.
   *
   * @param extent what tables write
   */
  public SnapshotSink(
      OutputStream out, int task, int parallelism, int maxParallelism, Extent extent)
      throws IOException {
    this.extent = extent;
    this.out = new DataOutputStream(out);
    this.frames = new FrameWriter(out);
    writeHead(this.out, task, parallelism, maxParallelism);
  }

  /** Writes what comes before the first part. */
  static void writeHead(DataOutputStream out, int task, int parallelism, int maxParallelism)
      throws IOException {
    out.writeInt(MAGIC);
    VarInt.encode(VERSION, out);
    VarInt.encode(task, out);
    VarInt.encode(parallelism, out);
    VarInt.encode(maxParallelism, out);
  }

  /** Begins a part. */
  public void begin(PartSpec spec) throws IOException {
    begin(Tag.PART, spec);
  }

  private void begin(Tag tag, PartSpec spec) throws IOException {
    isEmpty = false;
    out.writeByte(tag.code);
    spec.writeTo(out);
  }

  /** Where the bytes of the next frame go; empty. To be used until the frame is written. */
  public OutputStream frame() {
    return frames.frame();
  }

  /** The frame goes to the task that owns the key group. */
  public void keyed(int keyGroup) throws IOException {
    frames.keyed(keyGroup);
  }

  /** The frame goes to any one task; to the same one while their number stays. */
  public void spread() throws IOException {
    frames.spread();
  }

  /** The frame goes to every task that owns a key group of the one that writes. */
  public void shared() throws IOException {
    frames.shared();
  }

  /** The frame is a cell that another snapshot had; it goes to the task that owns the key group. */
  void cell(int keyGroup, int keyBytes) throws IOException {
    frames.cell(keyGroup, keyBytes);
  }

  /** What tables are to write. */
  Extent extent() {
    return extent;
  }

  /** A table is to be folded. */
  void fold(Fold<?, ?> fold) {
    folds.add(fold);
  }

  /** A table was taken whose cold side may be copied. */
  void copyable() {
    mayBeCopied = true;
  }

  /** Whether a copy of the cold side could stand for the cells of any table. */
  public boolean mayBeCopied() {
    return mayBeCopied;
  }

  /** The folds that have begun with this snapshot. */
  public List<Fold<?, ?>> folds() {
    return folds;
  }

  /** Takes a table, to write it after all else. */
  void take(FrozenTable<?, ?> table) {
    isEmpty = false;
    isSegment |= !table.isWhole();
    waiting.add(table);
  }

  /**
   * Writes some cells of the tables. Nothing but this, {@link #finish} and {@link #abandon} may be
   * called once it has been.
   *
   * @param cells about how many
   * @return whether nothing is left
   */
  public boolean drain(int cells) throws IOException {
    int left = cells;
    while (left > 0) {
      FrozenTable<?, ?> table = open;
      if (table == null) {
        table = waiting.poll();
        if (table == null) {
          return true;
        }
        begin(table);
        table.begin(out);
        open = table;
      }
      left = table.drain(left);
      if (table.isWritten()) {
        open = null;
      }
      writeAside();
    }
    return false;
  }

  private void begin(FrozenTable<?, ?> table) throws IOException {
    begin(table.isWhole() ? Tag.PART : table.isBased() ? Tag.BASED : Tag.CHANGES, table.part());
  }

  /** A table that is changed much while it waits has its part begun before its turn. */
  private void writeAside() throws IOException {
    boolean written = false;
    for (FrozenTable<?, ?> each : waiting) {
      if (each.isAsideLarge()) {
        begin(each);
        each.writeAside(out);
        written = true;
      }
    }
    FrozenTable<?, ?> interrupted = open;
    if (written && interrupted != null) {
      begin(interrupted);
      interrupted.goesOn();
    }
  }

  /** Gives the snapshot up: the next one of each table must be whole, and will be. */
  public void abandon() {
    if (open != null) {
      open.abandon();
    }
    waiting.forEach(FrozenTable::abandon);
    waiting.clear();
    open = null;
  }

  /** Whether it is worth something only together with the snapshot before it. */
  public boolean isSegment() {
    return isSegment;
  }

  /** Whether there is no part so far. */
  public boolean isEmpty() {
    return isEmpty;
  }

  /** Writes what is left and ends the snapshot. */
  public void finish() throws IOException {
    while (!drain(Integer.MAX_VALUE)) {
      // A table may hold more.
    }
    out.writeByte(Tag.END.code);
    out.flush();
  }
}
