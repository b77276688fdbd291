package io.purlin.nativerunner.graph;

import org.apache.beam.sdk.coders.Coder;

/** How the elements of an edge are spread over the tasks of its consumer. */
public sealed interface Partitioning {
  /** Each element stays with the task it was made by. */
  Partitioning FORWARD = new Forward();

  /** Elements are spread evenly, in turn. */
  Partitioning REBALANCE = new Rebalance();

  /** All elements go to the consumer's first task. */
  Partitioning SINGLE = new Single();

  /** Each element stays with the task it was made by. */
  record Forward() implements Partitioning {}

  /** Elements are spread evenly, in turn. */
  record Rebalance() implements Partitioning {}

  /** All elements go to the consumer's first task. */
  record Single() implements Partitioning {}

  /**
   * Elements are key-value pairs; those with equal keys go to the same task.
   *
   * @param keyCoder the coder by whose encoding keys are equal
   */
  record Keyed(Coder<?> keyCoder) implements Partitioning {}
}
