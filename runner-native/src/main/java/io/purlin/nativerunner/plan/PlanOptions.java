package io.purlin.nativerunner.plan;

/**
 * What planning may decide by.
 *
 * @param parallelism parallel tasks of a step that can be parallel; at least 1
 * @param chaining whether steps are fused at all
 */
public record PlanOptions(int parallelism, boolean chaining) {
  public PlanOptions {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism must be at least 1, is " + parallelism);
    }
  }
}
