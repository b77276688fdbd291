package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.checkpoint.storage.SpillDirectory;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.state.SegmentFilter;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import io.purlin.state.Snapshottable;
import io.purlin.state.StoredBytes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of one operator: segments with what has changed, until they are together larger
 * than what they add to; then everything once more, and they are forgotten.
 *
 * <p>So a checkpoint holds at most about twice the operator's state, and each change is written
 * about twice in the long run. Owned by the task's thread; lives as long as the operator.
 */
final class Segments {
  /** As many segments are read by a restart, and linked by every checkpoint. */
  private static final int MOST_SEGMENTS = 256;

  private final OperatorContext context;
  private final Snapshottable operator;
  private final @Nullable SpillDirectory spill;
  private int count;
  private long base;
  private long baseBytes;
  private long addedBytes;
  private @Nullable Open open;

  /**
   * @param spill where segments go that are too large for the heap; null: they stay there
   */
  Segments(OperatorContext context, Snapshottable operator, @Nullable SpillDirectory spill) {
    this.context = context;
    this.operator = operator;
    this.spill = spill;
  }

  /** A segment that is being written. */
  private record Open(long checkpoint, SegmentBytes bytes, SnapshotSink sink) {}

  /**
   * Begins a segment with the operator's state as it is now.
   *
   * @param continues whether the segment before it is in a checkpoint that is committed
   */
  void begin(long checkpoint, boolean continues) throws IOException {
    giveUp();
    boolean whole = !continues || count == 0 || count == MOST_SEGMENTS || addedBytes > baseBytes;
    SegmentBytes bytes = new SegmentBytes(checkpoint, spill);
    SnapshotSink sink =
        new SnapshotSink(
            bytes, context.taskIndex(), context.parallelism(), context.maxParallelism(), whole);
    open = new Open(checkpoint, bytes, sink);
    operator.snapshot(sink);
  }

  /** A segment that is being written is of no use any more. */
  void giveUp() {
    Open before = open;
    open = null;
    if (before != null) {
      before.sink.abandon();
      before.bytes.discard();
    }
  }

  /**
   * Writes some more of the segment.
   *
   * @param cells about how many cells
   * @return whether it is complete
   */
  boolean drain(int cells) throws IOException {
    return open == null || open.sink.drain(cells);
  }

  /** Ends the segment; null when the operator holds nothing. */
  @Nullable OperatorState end() throws IOException {
    Open ended = open;
    if (ended == null) {
      throw new IllegalStateException("no segment was begun");
    }
    ended.sink.finish();
    open = null;
    StoredBytes bytes = ended.bytes.stored();
    long size = bytes.sizeBytes();
    if (!ended.sink.isSegment()) {
      base = ended.checkpoint;
      baseBytes = size;
      addedBytes = 0;
      count = 1;
    } else {
      addedBytes += size;
      count++;
    }
    if (ended.sink.isEmpty()) {
      ended.bytes.discard();
      count = 0;
      return null;
    }
    return new OperatorState(base, List.of(bytes));
  }

  /** Takes in what the operators of this step held in the tasks of an earlier run. */
  void restore(List<OperatorState> states) throws IOException {
    for (OperatorState state : states) {
      SegmentFilter filter = new SegmentFilter();
      for (var segment : state.segments()) {
        try (BufferedInputStream in = new BufferedInputStream(segment.open())) {
          new SnapshotSource(
                  in, context.taskIndex(), context.parallelism(), context.maxParallelism(), filter)
              .restoreTo(operator, false);
        }
        filter.older();
      }
    }
    operator.restored();
  }
}
