package io.purlin.state;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
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
    WIPED(8);

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
  private final boolean whole;
  private final Deque<FrozenTable<?, ?>> waiting = new ArrayDeque<>();
  private @Nullable FrozenTable<?, ?> open;
  private boolean isEmpty = true;
  private boolean isSegment;

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
    this(out, task, parallelism, maxParallelism, true);
  }

  /**
   * Begins a snapshot.
   *
   * @param whole whether tables write all cells, and not only those that have changed since the
   *     last snapshot of them
   */
  public SnapshotSink(
      OutputStream out, int task, int parallelism, int maxParallelism, boolean whole)
      throws IOException {
    this.whole = whole;
    this.out = new DataOutputStream(out);
    this.frames = new FrameWriter(out);
    this.out.writeInt(MAGIC);
    VarInt.encode(VERSION, this.out);
    VarInt.encode(task, this.out);
    VarInt.encode(parallelism, this.out);
    VarInt.encode(maxParallelism, this.out);
  }

  /** Begins a part. */
  public void begin(PartSpec spec) throws IOException {
    begin(Tag.PART, spec);
  }

  private void begin(Tag tag, PartSpec spec) throws IOException {
    isEmpty = false;
    out.writeByte(tag.code);
    text(spec.kind());
    text(spec.name());
    VarInt.encode(spec.prints().size(), out);
    for (Map.Entry<String, String> each : spec.prints().entrySet()) {
      text(each.getKey());
      text(each.getValue());
    }
  }

  private void text(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    VarInt.encode(bytes.length, out);
    out.write(bytes);
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

  /** Whether tables are to write all their cells. */
  boolean isWhole() {
    return whole;
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
    begin(table.isWhole() ? Tag.PART : Tag.CHANGES, table.part());
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
