package io.purlin.nativerunner.checkpoint.storage;

import java.util.Map;

/**
 * Which part, and what must still be the same for it to be read.
 *
 * @param transform stable, unique name of the step
 * @param fingerprints by what it is, such as "key coder": its form, as text
 */
public record PartSpec(
    String transform, Kind kind, PartScope scope, Map<String, String> fingerprints) {
  /** What a part holds. The names are written into manifests and never change. */
  public enum Kind {
    /** What a task keeps for itself: how far its input was read, and what it has counted. */
    TASK,
    /** What the operators of one step keep in one task: keyed state, timers, elements that wait. */
    OPERATOR,
    /** A file of a copy of what was beyond the heap, in the form that the state backend gave it. */
    COPY
  }

  /** Copies the map. */
  public PartSpec {
    fingerprints = Map.copyOf(fingerprints);
  }

  @Override
  public String toString() {
    return transform + " (" + kind + ", " + scope + ")";
  }
}
