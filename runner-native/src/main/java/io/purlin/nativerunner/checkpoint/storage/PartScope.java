package io.purlin.nativerunner.checkpoint.storage;

/**
 * Whose a part is.
 *
 * @param of what is counted
 * @param first first key group or the subtask, from 0
 * @param last last key group, inclusive, or the subtask again
 */
public record PartScope(Of of, int first, int last) {
  /** Checks the range. */
  public PartScope {
    if (first < 0 || last < first || (of == Of.SUBTASK && last != first)) {
      throw new IllegalArgumentException(of + " " + first + " to " + last);
    }
  }

  /** What the numbers of a scope count. */
  public enum Of {
    /** Key groups, to be given to whoever owns them now. */
    KEY_GROUPS,
    /** Parallel tasks as they were when it was written. */
    SUBTASK
  }

  /** A range of key groups, both ends included. */
  public static PartScope keyGroups(int first, int last) {
    return new PartScope(Of.KEY_GROUPS, first, last);
  }

  /** One of the parallel tasks, from 0. */
  public static PartScope subtask(int index) {
    return new PartScope(Of.SUBTASK, index, index);
  }

  @Override
  public String toString() {
    return of == Of.SUBTASK ? "subtask " + first : "key groups " + first + " to " + last;
  }
}
