package io.purlin.conformance.differential;

import io.purlin.conformance.differential.recipe.Flow;
import io.purlin.conformance.differential.recipe.Step;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** What no step of a drawn pipeline may be: it makes something else in each run. */
record OfThisRun() implements Step {
  private static final AtomicInteger RUNS = new AtomicInteger();

  @Override
  public PCollection<KV<String, Integer>> apply(PCollection<KV<String, Integer>> input, Flow flow) {
    return input.apply(flow.name(), ParDo.of(new AddRun(RUNS.incrementAndGet())));
  }

  private static final class AddRun extends DoFn<KV<String, Integer>, KV<String, Integer>> {
    private final int run;

    AddRun(int run) {
      this.run = run;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Integer> element, OutputReceiver<KV<String, Integer>> out) {
      out.output(KV.of(element.getKey(), element.getValue() + run));
    }
  }
}
