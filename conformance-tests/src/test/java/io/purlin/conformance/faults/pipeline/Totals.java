package io.purlin.conformance.faults.pipeline;

import java.util.Objects;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Counts and sums a key's records, and says both after each. */
final class Totals extends DoFn<KV<String, Long>, KV<String, KV<Long, Long>>> {
  private static final long serialVersionUID = 1L;

  @StateId("count")
  private final StateSpec<ValueState<Long>> countSpec = StateSpecs.value();

  @StateId("sum")
  private final StateSpec<ValueState<Long>> sumSpec;

  Totals(Coder<Long> sumCoder) {
    sumSpec = StateSpecs.value(sumCoder);
  }

  @ProcessElement
  public void process(
      @Element KV<String, Long> element,
      @StateId("count") ValueState<Long> count,
      @StateId("sum") ValueState<Long> sum,
      OutputReceiver<KV<String, KV<Long, Long>>> out) {
    long newCount = orZero(count) + 1;
    long newSum = orZero(sum) + element.getValue();
    count.write(newCount);
    sum.write(newSum);
    out.output(KV.of(element.getKey(), KV.of(newCount, newSum)));
  }

  static long orZero(ValueState<Long> state) {
    return Objects.requireNonNullElse(state.read(), 0L);
  }
}
