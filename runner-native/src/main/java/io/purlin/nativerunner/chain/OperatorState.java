package io.purlin.nativerunner.chain;

import io.purlin.state.bytes.StoredBytes;
import io.purlin.state.cold.ColdCopy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operators of one step hold in one task, as a checkpoint has it.
 *
 * <p>Its segments, one per checkpoint from {@code base} on, are to be read together: the first has
 * everything, or has it together with a copy of what was beyond the heap; each later one has what
 * has changed since. Immutable; any thread.
 *
 * @param base number of the checkpoint that the oldest segment belongs to
 * @param isOnCopy whether the oldest segment builds on a copy of what was beyond the heap, which
 *     was folded since that checkpoint
 * @param segments the newest first; of a state that is being written, the newest alone
 * @param copy that copy; of a state that is being written, null
 */
public record OperatorState(
    long base, boolean isOnCopy, List<StoredBytes> segments, @Nullable ColdCopy copy) {
  /** Without the copy, if there is any. */
  public OperatorState(long base, boolean isOnCopy, List<StoredBytes> segments) {
    this(base, isOnCopy, segments, null);
  }

  /** Copies the list. */
  public OperatorState {
    segments = List.copyOf(segments);
  }

  /**
   * The same with the older segments that it needs.
   *
   * @param before the complete state of the same operator in the checkpoint before
   */
  public OperatorState after(OperatorState before) {
    if (base != before.base) {
      return this;
    }
    List<StoredBytes> all = new ArrayList<>(segments);
    all.addAll(before.segments);
    return new OperatorState(base, isOnCopy, all);
  }
}
