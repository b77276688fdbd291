package io.purlin.conformance.simulation.job;

import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Numbers and sums the records of each key, and hands them on by group. */
final class SumByKey extends DoFn<KV<Long, Long>, KV<Integer, String>> {
  private static final long serialVersionUID = 1L;

  @StateId("number")
  private final StateSpec<ValueState<Long>> numberSpec = StateSpecs.value(VarLongCoder.of());

  @StateId("sum")
  private final StateSpec<ValueState<Long>> sumSpec = StateSpecs.value(VarLongCoder.of());

  @ProcessElement
  public void process(
      @Element KV<Long, Long> element,
      @StateId("number") ValueState<Long> number,
      @StateId("sum") ValueState<Long> sum,
      OutputReceiver<KV<Integer, String>> out) {
    long n = orZero(number.read()) + 1;
    long s = orZero(sum.read()) + element.getValue();
    number.write(n);
    sum.write(s);
    long key = element.getKey();
    out.output(KV.of(Load.group(key), key + " " + n + " " + s));
  }

  static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
