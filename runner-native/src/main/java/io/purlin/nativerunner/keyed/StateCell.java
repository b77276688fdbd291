package io.purlin.nativerunner.keyed;

import io.purlin.state.Cell;
import org.apache.beam.sdk.state.StateContext;

/**
 * A live cell that is at once the state that user code is given.
 *
 * <p>Whatever changes a cell says {@link #touch} first; whatever empties it says {@link #emptied}
 * afterwards. What a read has returned does not follow later changes. Owned by {@link KeyedStates};
 * lives from the first access until it holds nothing when the key is set next.
 */
abstract class StateCell extends Cell {
  private final KeyedStates states;
  private boolean reported;

  /** A new cell, which holds nothing. */
  StateCell(KeyedStates states) {
    this.states = states;
    emptied();
  }

  /** Whether the cell holds nothing, so that it need not be kept. */
  abstract boolean isVacant();

  /** What the cell holds, in the form that its kind's coder writes. */
  abstract Object content();

  /** Gives what the cell is to hold to one that holds nothing. */
  abstract void content(Object content);

  /** As {@link #content(Object)}, for a cell that was put away meanwhile. */
  void fetched(Object content) {
    content(content);
  }

  /** Forgets what the cell holds, as in every Beam state. */
  public abstract void clear();

  /** The cell is asked for, with what its combine function may need. */
  void use(StateContext<?> context) {}

  /** The cell may hold nothing now. */
  final void emptied() {
    if (!reported) {
      reported = true;
      states.maybeVacant(this);
    }
  }

  /** Takes the cell off the list of those that may hold nothing, if it holds something. */
  final boolean isNotVacant() {
    boolean holds = !isVacant();
    reported &= !holds;
    return holds;
  }

  final void removeIfVacant() {
    reported = false;
    if (isVacant()) {
      remove();
    }
  }
}
