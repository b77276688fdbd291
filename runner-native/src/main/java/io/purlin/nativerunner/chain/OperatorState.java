package io.purlin.nativerunner.chain;

import io.purlin.state.StoredBytes;
import java.util.ArrayList;
import java.util.List;

/**
 * What the operators of one step hold in one task, as a checkpoint has it.
 *
 * <p>Its segments, one per checkpoint from {@code base} on, are to be read together: the first has
 * everything, each later one what has changed since. Immutable; any thread.
 *
 * @param base number of the checkpoint that the oldest segment belongs to
 * @param segments the newest first; of a state that is being written, the newest alone
 */
public record OperatorState(long base, List<StoredBytes> segments) {
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
    return new OperatorState(base, all);
  }
}
