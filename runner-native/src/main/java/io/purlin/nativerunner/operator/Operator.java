package io.purlin.nativerunner.operator;

import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.metrics.Consumed;
import io.purlin.state.Snapshottable;
import org.jspecify.annotations.Nullable;

/**
 * One Beam primitive at one position of a task's chain.
 *
 * <p>An operator knows nothing of threads, channels or checkpoint storage: it is driven by its
 * task's thread alone, in this order: {@link #open}, then any number of bundles and advances, then
 * {@link #close}. What user code throws, it throws on, wrapped in Beam's {@code UserCodeException}.
 *
 * <p>Within a bundle the calls are {@link #startBundle}, {@code receive} and timer firings, {@link
 * #finishBundle}. An advance may come outside a bundle: before it emits or calls user code, the
 * operator says {@link Bundle#begin()}.
 */
public interface Operator extends Receiver, Snapshottable {
  /** Prepares the operator, before anything else; {@code @Setup} runs here. */
  void open() throws Exception;

  /**
   * What elements enter by, instead of the operator itself: code that was made for its position,
   * for example. The same object at every call.
   */
  default Receiver entry() {
    return this;
  }

  /**
   * What it can do ahead of elements when it is told of several at a time; null: nothing. The same
   * object at every call.
   */
  default @Nullable LookAhead ahead() {
    return null;
  }

  /** A bundle starts. Upstream operators of the chain have started theirs. */
  void startBundle();

  /** The bundle ends. What is emitted here still belongs to it; upstream has finished. */
  void finishBundle();

  /**
   * The input watermark is now {@code inputMillis}: fires every event-time timer that is due, in
   * order, then passes on {@code min(inputMillis, holds)} by {@link Outputs#watermark}.
   *
   * <p>Called with values that never decrease; called again with the same value when a bundle has
   * ended, so that released holds let the output watermark pass.
   */
  void advanceWatermark(long inputMillis);

  /** Processing time is now {@code nowMillis}: fires the processing-time timers that are due. */
  default void advanceProcessingTime(long nowMillis) {}

  /**
   * When {@link #advanceProcessingTime} has something to do next; {@code Long.MAX_VALUE}: never.
   */
  default long nextProcessingTimeMillis() {
    return Long.MAX_VALUE;
  }

  /**
   * Something that this operator may wait for, such as a side input, may have become ready. Tries
   * what it has put aside, in a bundle that it begins if there is something to do.
   */
  default void retry() {}

  /**
   * No more is read, and what is under way is to come to its end: nothing may go on for ever. May
   * be told more than once.
   */
  default void drain() {}

  /**
   * How much the operator has read of what it was told to read, if it reads anything itself. Any
   * thread, at any time.
   */
  default Consumed consumed() {
    return Consumed.NOTHING;
  }

  /** Releases everything; {@code @Teardown} runs here. Called once, also after a failure. */
  void close() throws Exception;
}
