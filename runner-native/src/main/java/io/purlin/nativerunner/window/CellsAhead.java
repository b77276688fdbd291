package io.purlin.nativerunner.window;

import io.purlin.nativerunner.operator.LookAhead;
import io.purlin.state.WindowCells;
import io.purlin.state.keys.StructuralKey;
import java.util.function.Supplier;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cells of keys that are about to come, in the window that is most likely theirs. Used by
 * the task's thread.
 */
final class CellsAhead implements LookAhead {
  private final StructuralKey keys;
  private final Supplier<@Nullable WindowCells<?, ?>> likely;

  // Nobody needs what was read, but the compiler must not leave the reads out.
  @SuppressWarnings("UnusedVariable")
  private int read;

  /**
   * @param keys the form of the table's keys
   * @param likely the cells that are most likely looked at next; null: unknown
   */
  CellsAhead(StructuralKey keys, Supplier<@Nullable WindowCells<?, ?>> likely) {
    this.keys = keys;
    this.likely = likely;
  }

  @Override
  public boolean isWorthIt() {
    WindowCells<?, ?> cells = likely.get();
    return cells != null && cells.isWorthGathering();
  }

  @Override
  public void lookAhead(@Nullable Object[] values, int from, int to) {
    WindowCells<?, ?> cells = likely.get();
    if (cells == null || !cells.isWorthLookingAhead()) {
      return;
    }
    int[] hashes = new int[to - from];
    int count = 0;
    for (int i = from; i < to; i++) {
      if (values[i] instanceof KV<?, ?> element && isReadAtOnce(element.getKey())) {
        hashes[count++] = StructuralKey.hash(keys.tableKey(element.getKey()));
      }
    }
    read += cells.lookAhead(hashes, count);
  }

  /** Whether a key's hash is all in one place. Those of other keys would be computed twice. */
  private static boolean isReadAtOnce(@Nullable Object key) {
    return key instanceof Long || key instanceof String || key instanceof Integer;
  }
}
