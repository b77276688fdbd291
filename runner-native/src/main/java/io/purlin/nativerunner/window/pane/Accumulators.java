package io.purlin.nativerunner.window.pane;

/**
 * Contents that can be united again and again: those of a combine function. Used by one task's
 * thread.
 *
 * <p>A function may change any of the accumulators that it merges ({@code CombineTest} has one that
 * does), so that each that stays in use is copied before it is merged.
 */
public interface Accumulators extends Contents {
  /** A content with the same, which may be given away while the other stays in use. */
  Object copy(Object content);
}
