package io.purlin.conformance.faults.pipeline;

import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/**
 * The second stateful step of the chain: passes totals on as results, with a hash over all of the
 * key's so far. One total that is lost, doubled or out of order between the steps makes every later
 * hash another.
 */
final class HashChain extends DoFn<KV<String, KV<Long, Long>>, KV<String, String>> {
  private static final long serialVersionUID = 1L;

  @StateId("hash")
  private final StateSpec<ValueState<Long>> hashSpec = StateSpecs.value();

  @ProcessElement
  public void process(
      @Element KV<String, KV<Long, Long>> element,
      @StateId("hash") ValueState<Long> hash,
      OutputReceiver<KV<String, String>> out) {
    String key = element.getKey();
    long count = element.getValue().getKey();
    long sum = element.getValue().getValue();
    long newHash = ResultLine.nextHash(Totals.orZero(hash), count, sum);
    hash.write(newHash);
    out.output(ResultLine.of(ResultLine.TOTAL, key, count, sum));
    out.output(ResultLine.of(ResultLine.HASH, key, count, newHash));
  }
}
