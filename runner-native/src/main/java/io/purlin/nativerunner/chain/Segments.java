package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.checkpoint.storage.SpillDirectory;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.state.Fold;
import io.purlin.state.KeptSegment;
import io.purlin.state.SegmentFilter;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSink.Extent;
import io.purlin.state.SnapshotSource;
import io.purlin.state.Snapshottable;
import io.purlin.state.bytes.StoredBytes;
import io.purlin.state.cold.ColdCopy;
import io.purlin.state.cold.ColdStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of one operator: segments with what has changed, until they are together larger
 * than what they add to; then everything once more, and they are forgotten. Where there is state
 * beyond the heap, a copy of that is made instead, and the segments before its fold are forgotten.
 *
 * <p>So a checkpoint holds at most about twice the operator's state, and each change is written
 * about twice in the long run. Owned by the task's thread; lives as long as the operator.
 */
final class Segments {
  /** As many segments are read by a restart, and linked by every checkpoint. */
  private static final int MOST_SEGMENTS = 256;

  /** After so many, a copy that does not come is not waited for any more. */
  private static final int MOST_WITHOUT_COPY = 4 * MOST_SEGMENTS;

  private final OperatorContext context;
  private final Snapshottable operator;
  private final @Nullable SpillDirectory spill;
  private final @Nullable CopyRounds copies;
  private final Deque<Fold<?, ?>> folds = new ArrayDeque<>();
  private long base;
  private int count;
  private long baseBytes;
  private long addedBytes;
  private long foldedAt = Extent.NONE;
  private int countSinceFold;
  private long bytesSinceFold;
  private boolean mayBeCopied;
  private boolean isOnCopy;
  private boolean wasRestored;
  private @Nullable Open open;

  /**
   * @param spill where segments go that are too large for the heap; null: they stay there
   * @param copies of state beyond the heap; null: none are made
   */
  Segments(
      OperatorContext context,
      Snapshottable operator,
      @Nullable SpillDirectory spill,
      @Nullable CopyRounds copies) {
    this.context = context;
    this.operator = operator;
    this.spill = spill;
    this.copies = copies;
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
    boolean whole = (!continues && !wasRestored) || count == 0 || isTooMuch();
    wasRestored = false;
    if (whole) {
      giveUpFold();
    } else {
      buildOnCopy();
    }
    SegmentBytes bytes = new SegmentBytes(checkpoint, spill);
    SnapshotSink sink =
        new SnapshotSink(
            bytes,
            context.taskIndex(),
            context.parallelism(),
            context.maxParallelism(),
            whole ? Extent.WHOLE : extent(checkpoint));
    open = new Open(checkpoint, bytes, sink);
    operator.snapshot(sink);
    if (!sink.folds().isEmpty()) {
      beginFold(checkpoint, sink.folds());
    }
  }

  private boolean isTooMuch() {
    ColdStore cold = context.memory().cold();
    boolean waits = copies != null && mayBeCopied && cold != null && cold.isInUse();
    return waits ? count >= MOST_WITHOUT_COPY : count >= MOST_SEGMENTS || addedBytes > baseBytes;
  }

  private Extent extent(long checkpoint) {
    CopyRounds rounds = copies;
    if (rounds == null) {
      return Extent.CHANGES;
    }
    // What is on a copy and may not be copied any more must become whole: there is one copy only.
    boolean folds = (mayBeCopied || isOnCopy) && rounds.foldsAt() == checkpoint;
    return new Extent(false, folds ? checkpoint : Extent.NONE, rounds.base());
  }

  /** Segments from before the fold are not needed any more once there is a copy. */
  private void buildOnCopy() {
    if (copies != null && foldedAt != Extent.NONE && copies.base() == foldedAt) {
      base = foldedAt;
      isOnCopy = true;
      count = countSinceFold;
      addedBytes = bytesSinceFold;
      foldedAt = Extent.NONE;
    }
  }

  private void beginFold(long checkpoint, List<Fold<?, ?>> begun) {
    giveUpFold();
    folds.addAll(begun);
    foldedAt = checkpoint;
    countSinceFold = 0;
    bytesSinceFold = 0;
    if (copies != null) {
      copies.begun();
    }
  }

  private void giveUpFold() {
    if (!folds.isEmpty() && copies != null) {
      copies.ended();
    }
    folds.clear();
    foldedAt = Extent.NONE;
  }

  /**
   * Folds some more, between batches.
   *
   * @param cells about how many
   * @return whether there was anything to fold
   */
  boolean fold(int cells) {
    Fold<?, ?> next = folds.peek();
    if (next == null) {
      return false;
    }
    if (next.drain(cells)) {
      folds.poll();
      if (folds.isEmpty() && copies != null) {
        copies.ended();
      }
    }
    return true;
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
    wrote(ended, bytes.sizeBytes());
    if (ended.sink.isEmpty()) {
      ended.bytes.discard();
      count = 0;
      return null;
    }
    return new OperatorState(base, isOnCopy, List.of(bytes));
  }

  private void wrote(Open ended, long size) {
    mayBeCopied = ended.sink.mayBeCopied();
    if (!ended.sink.isSegment()) {
      base = ended.checkpoint;
      isOnCopy = false;
      baseBytes = size;
      addedBytes = 0;
      count = 1;
      return;
    }
    addedBytes += size;
    count++;
    countSinceFold++;
    bytesSinceFold += size;
    if (copies != null && mayBeCopied) {
      copies.added(size, count);
    }
  }

  /** Takes in what the operators of this step held in the tasks of an earlier run. */
  void restore(List<OperatorState> states) throws IOException {
    for (OperatorState state : states) {
      restore(state);
    }
    operator.restored();
  }

  private void restore(OperatorState state) throws IOException {
    SegmentFilter filter = new SegmentFilter();
    boolean takesOver = false;
    boolean isHeir = false;
    int writer = 0;
    int writers = 0;
    for (StoredBytes segment : state.segments()) {
      try (InputStream in = new BufferedInputStream(segment.open())) {
        SnapshotSource source = source(in, filter);
        if (source.isOthers()) {
          return;
        }
        writer = source.writer();
        writers = source.writers();
        isHeir = source.isHeir();
        takesOver = takesOver(state.copy(), source);
        if (takesOver) {
          filter.basedOn(state.base());
        }
        source.restoreTo(operator, false);
      }
      filter.older();
    }
    if (takesOver) {
      base = state.base();
      isOnCopy = true;
      count = state.segments().size();
      mayBeCopied = true;
      wasRestored = true;
      return;
    }
    ColdStore kept = context.memory().kept();
    if (state.copy() != null && isHeir && kept != null) {
      try (InputStream in =
          new BufferedInputStream(
              new KeptSegment(
                  kept, context.stepName(), writer, writers, context.maxParallelism()))) {
        source(in, filter).restoreTo(operator, false);
      }
    }
  }

  private SnapshotSource source(InputStream in, SegmentFilter filter) throws IOException {
    return new SnapshotSource(
        in, context.taskIndex(), context.parallelism(), context.maxParallelism(), filter);
  }

  /** Whether the cold side here has what this very task had there. */
  private boolean takesOver(@Nullable ColdCopy copy, SnapshotSource source) {
    ColdStore cold = context.memory().cold();
    return copy != null
        && cold != null
        && cold.isFrom(copy)
        && source.writer() == context.taskIndex()
        && source.writers() == context.parallelism();
  }
}
