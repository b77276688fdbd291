package io.purlin.nativerunner.window;

import io.purlin.nativerunner.element.SlidingGrid;
import io.purlin.nativerunner.window.pane.AccumulatorContents;
import io.purlin.nativerunner.window.pane.CollectedContents;
import io.purlin.nativerunner.window.pane.CombinedContents;
import io.purlin.nativerunner.window.pane.ContentFormat;
import io.purlin.nativerunner.window.pane.Contents;
import io.purlin.nativerunner.window.pane.StreamedContents;
import io.purlin.nativerunner.window.pane.TriggerShape;
import io.purlin.state.StateMemory;
import io.purlin.state.cold.ColdStore;
import io.purlin.state.values.ValueLists;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.jspecify.annotations.Nullable;

/**
 * What is grouped, and how. Immutable; may be used by any thread.
 *
 * @param stepName full name of the Beam transform, unique in the pipeline
 * @param keyCoder coder of the keys
 * @param valueCoder coder of the values that come in: accumulators, if those do
 * @param strategy the windowing of the input
 * @param combining how values are combined; null for GroupByKey, which keeps them all
 */
public record GroupingSpec(
    String stepName,
    Coder<?> keyCoder,
    Coder<?> valueCoder,
    WindowingStrategy<?, ?> strategy,
    @Nullable Combining combining) {

  /** The strategy, for windows of any kind. */
  @SuppressWarnings("unchecked") // the pipeline was built with windows that fit its strategy
  WindowingStrategy<Object, BoundedWindow> anyStrategy() {
    return (WindowingStrategy<Object, BoundedWindow>) strategy;
  }

  /** The key coder, for keys of any kind. */
  @SuppressWarnings("unchecked") // the pipeline was built with keys that fit their coder
  Coder<Object> anyKeyCoder() {
    return (Coder<Object>) keyCoder;
  }

  /** The value coder, for values of any kind. */
  @SuppressWarnings("unchecked") // the pipeline was built with values that fit their coder
  Coder<Object> anyValueCoder() {
    return (Coder<Object>) valueCoder;
  }

  /**
   * The grouping after an exchange before which a {@link PreCombineOperator} has combined.
   *
   * @throws IllegalStateException if nothing is combined
   */
  public GroupingSpec ofAccumulators() {
    if (combining == null) {
      throw new IllegalStateException(stepName + " combines nothing");
    }
    Combining merging =
        new Combining(
            combining.fn(),
            combining.accumulatorCoder(),
            combining.sideInputs(),
            Combining.Input.ACCUMULATORS);
    return new GroupingSpec(stepName, keyCoder, combining.accumulatorCoder(), strategy, merging);
  }

  /**
   * What a cell keeps of the values; a new one for each task.
   *
   * @param memory how much of them may be on the heap
   */
  Contents contents(StateMemory memory) {
    ColdStore cold = memory.cold();
    if (combining == null) {
      return cold == null
          ? new CollectedContents(ContentFormat.of(contentCoder()))
          : new StreamedContents(new ValueLists(valueCoder, cold, memory));
    }
    if (combining.ownFn() instanceof CombineFn<Object, Object, Object> fn) {
      CombinedContents combined = new CombinedContents(fn, ContentFormat.of(contentCoder()));
      return combining.input() == Combining.Input.VALUES
          ? combined
          : new AccumulatorContents(combined, slices() != null);
    }
    throw new IllegalArgumentException(
        stepName + " combines with " + combining.fn().getClass().getName() + ", no CombineFn");
  }

  /**
   * By whose slices the native operator combines sliding windows; null if it combines by window.
   *
   * <p>A pane is made of slices when its window ends. One that may fire earlier depends on the
   * elements of that window alone, and the latest timestamp of a window is no slice's.
   */
  @Nullable SlidingGrid slices() {
    if (combining == null
        || !combining.sideInputs().isEmpty()
        || !(combining.fn() instanceof CombineFn)
        || !(strategy.getWindowFn() instanceof SlidingWindows sliding)
        || strategy.getTimestampCombiner() == TimestampCombiner.LATEST) {
      return null;
    }
    TriggerShape shape = TriggerShape.of(strategy.getTrigger());
    SlidingGrid grid = SlidingGrid.of(sliding);
    return shape != null && shape.waitsForEndOfWindow() && grid.overlaps() ? grid : null;
  }

  /** Coder of what {@link #contents} keeps. */
  Coder<?> contentCoder() {
    return combining == null ? ListCoder.of(valueCoder) : combining.accumulatorCoder();
  }
}
