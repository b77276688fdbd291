package io.purlin.conformance.differential.step;

import io.purlin.conformance.differential.recipe.Flow;
import io.purlin.conformance.differential.recipe.Step;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;

/**
 * Sliding windows with gaps, into which only elements come that are in no gap.
 *
 * @param sliding the windows of it
 */
record InsideWindows(Windowing windowing, SlidingWindows sliding) implements Step {
  @Override
  public PCollection<KV<String, Integer>> apply(PCollection<KV<String, Integer>> input, Flow flow) {
    return windowing.apply(input.apply(flow.name("inside"), ParDo.of(new Keep(sliding))), flow);
  }

  private static final class Keep extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    private final long sizeMillis;
    private final long periodMillis;
    private final long offsetMillis;

    Keep(SlidingWindows sliding) {
      sizeMillis = sliding.getSize().getMillis();
      periodMillis = sliding.getPeriod().getMillis();
      offsetMillis = sliding.getOffset().getMillis();
    }

    @ProcessElement
    public void process(
        @Element KV<String, Integer> element,
        @Timestamp Instant timestamp,
        OutputReceiver<KV<String, Integer>> out) {
      if (Math.floorMod(timestamp.getMillis() - offsetMillis, periodMillis) < sizeMillis) {
        out.output(element);
      }
    }
  }
}
