package io.purlin.nativerunner.metrics;

/** How much of what was counted is meant. */
enum Extent {
  /** Everything, also what a bundle that has not ended did. */
  ATTEMPTED,
  /** What is final. */
  COMMITTED
}
