package io.purlin.nativerunner.chain;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the operators of a chain held at a barrier, on its way into a checkpoint. To be drained
 * between batches; the chain may be used meanwhile. Owned by the task's thread.
 */
public final class ChainSnapshot {
  private final List<Position> positions;
  private final Map<String, OperatorState> written = new HashMap<>();
  private int at;

  ChainSnapshot(List<Position> positions) {
    this.positions = positions;
  }

  /**
   * Writes some cells.
   *
   * @param cells about how many
   * @return whether everything is written
   * @throws IOException when something cannot be written, naming the step
   */
  public boolean drain(int cells) throws IOException {
    int left = cells;
    while (at < positions.size() && left > 0) {
      Position position = positions.get(at);
      if (!position.drain(left)) {
        return false;
      }
      OperatorState state = position.endSnapshot();
      if (state != null) {
        written.put(position.stepName(), state);
      }
      at++;
      // Each costs something, also if it has next to nothing.
      left -= cells / 16;
    }
    return at == positions.size();
  }

  /** What the operators held, by step. Everything must be written. */
  public Map<String, OperatorState> states() {
    if (at < positions.size()) {
      throw new IllegalStateException("the snapshot is not complete");
    }
    return written;
  }
}
