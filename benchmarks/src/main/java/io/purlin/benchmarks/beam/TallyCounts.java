package io.purlin.benchmarks.beam;

import io.purlin.benchmarks.ready.Results;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;

/** Takes counts of users in windows. */
final class TallyCounts extends TallyFn<KV<Long, Long>> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(@Element KV<Long, Long> count, IntervalWindow window) {
    take(Results.hash(count.getKey(), count.getValue(), window.end().getMillis()));
  }
}
