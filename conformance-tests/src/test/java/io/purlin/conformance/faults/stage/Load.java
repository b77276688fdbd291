package io.purlin.conformance.faults.stage;

/**
 * What the source is filled with.
 *
 * @param recordsPerSecond how fast
 * @param keys how many
 * @param partitions of the source and of the output
 */
public record Load(int recordsPerSecond, int keys, int partitions) {
  /** What rows use that do not care. */
  public static final Load ORDINARY = new Load(500, 40, 3);
}
