package io.purlin.nativerunner.checkpoint.storage;

import java.util.Map;

/**
 * Which part, and what must still be the same for it to be read.
 *
 * @param transform stable, unique name of the step
 * @param fingerprints by what it is, such as "key coder": its form, as text
 */
public record PartSpec(
    String transform, PartKind kind, PartScope scope, Map<String, String> fingerprints) {
  /** Copies the map. */
  public PartSpec {
    fingerprints = Map.copyOf(fingerprints);
  }

  @Override
  public String toString() {
    return transform + " (" + kind + ", " + scope + ")";
  }
}
