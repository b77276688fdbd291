package io.purlin.nativerunner.keyed;

import java.util.Arrays;
import java.util.Objects;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.ReadableState;
import org.apache.beam.sdk.state.StateContext;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.jspecify.annotations.Nullable;

/**
 * An accumulator of a combine function.
 *
 * <p>A combine function may change the first accumulator that it is given to merge, and no other.
 * So accumulators that come from elsewhere, or are read, are merged into a fresh one.
 */
final class CombiningCell<InputT, AccumT, OutputT> extends StateCell
    implements CombiningState<InputT, AccumT, OutputT> {

  /** The combine function as it is to be called in a context. */
  interface Binding<InputT, AccumT, OutputT> {
    CombineFn<InputT, AccumT, OutputT> in(StateContext<?> context);
  }

  private final Binding<InputT, AccumT, OutputT> binding;
  // Set by use() before anyone is given the cell.
  private @Nullable CombineFn<InputT, AccumT, OutputT> fn;
  private @Nullable AccumT accumulator;
  private boolean vacant = true;

  CombiningCell(KeyedStates states, Binding<InputT, AccumT, OutputT> binding) {
    super(states);
    this.binding = binding;
  }

  @Override
  void use(StateContext<?> context) {
    fn = binding.in(context);
  }

  private CombineFn<InputT, AccumT, OutputT> fn() {
    if (fn == null) {
      throw new IllegalStateException("a combining state is used before it was asked for");
    }
    return fn;
  }

  @Override
  public void add(InputT input) {
    touch();
    accumulator = fn().addInput(accumulator(), input);
    vacant = false;
  }

  @Override
  public void addAccum(AccumT added) {
    touch();
    accumulator = fn().mergeAccumulators(Arrays.asList(accumulator(), added));
    vacant = false;
  }

  @Override
  public AccumT mergeAccumulators(Iterable<AccumT> accumulators) {
    return fn().mergeAccumulators(accumulators);
  }

  @Override
  public AccumT getAccum() {
    return accumulator();
  }

  @Override
  public OutputT read() {
    CombineFn<InputT, AccumT, OutputT> combine = fn();
    AccumT fresh = combine.createAccumulator();
    return combine.extractOutput(
        accumulator == null ? fresh : combine.mergeAccumulators(Arrays.asList(fresh, accumulator)));
  }

  private AccumT accumulator() {
    AccumT now = accumulator;
    if (now == null) {
      now = fn().createAccumulator();
      accumulator = now;
    }
    return now;
  }

  @Override
  public ReadableState<Boolean> isEmpty() {
    return new Deferred<>(this::isVacant);
  }

  @Override
  public CombiningState<InputT, AccumT, OutputT> readLater() {
    return this;
  }

  @Override
  public void clear() {
    touch();
    accumulator = null;
    vacant = true;
    emptied();
  }

  @Override
  Object content() {
    return Objects.requireNonNull(accumulator);
  }

  @Override
  @SuppressWarnings("unchecked") // it was written by the accumulator's coder
  void content(Object content) {
    accumulator = (AccumT) content;
    vacant = false;
  }

  @Override
  boolean isVacant() {
    return vacant;
  }
}
