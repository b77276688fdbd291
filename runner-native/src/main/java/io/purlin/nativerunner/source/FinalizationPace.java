package io.purlin.nativerunner.source;

/**
 * When a reader without checkpoints may let its source forget: between bundles, so that only
 * elements whose bundle has ended are forgotten; at most once in {@link #MILLIS}, and at the end.
 *
 * <p>Owned by the task's thread.
 */
final class FinalizationPace {
  private static final long MILLIS = 1_000;

  private final SourceContext context;
  private boolean betweenBundles = true;
  private long finalizedAt;

  FinalizationPace(SourceContext context) {
    this.context = context;
    this.finalizedAt = context.clock().millis();
  }

  /** Elements were emitted: a bundle is open. */
  void emitted() {
    betweenBundles = false;
  }

  void bundleEnded() {
    betweenBundles = true;
  }

  /**
   * Whether it is time now; the next time counts from here.
   *
   * @param ended whether nothing follows
   */
  boolean isDue(boolean ended) {
    if (context.checkpointed() || !betweenBundles) {
      return false;
    }
    long now = context.clock().millis();
    if (!ended && now - finalizedAt < MILLIS) {
      return false;
    }
    finalizedAt = now;
    return true;
  }
}
