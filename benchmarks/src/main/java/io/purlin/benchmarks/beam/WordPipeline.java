package io.purlin.benchmarks.beam;

import io.purlin.benchmarks.ready.InputSpec;
import io.purlin.benchmarks.ready.Results;
import io.purlin.benchmarks.side.Tally;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;

/** How often each word is in a text. */
final class WordPipeline {
  private WordPipeline() {}

  static void count(Pipeline pipeline, InputSpec input) {
    pipeline
        .apply("Lines", TextIO.read().from(input.text() + "/*"))
        .apply("Words", ParDo.of(new Split()))
        .apply(Count.perElement())
        .apply("Tally", ParDo.of(new TallyWords()));
  }

  /** Takes lines apart. */
  private static final class Split extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    /** Beam's source of lines tells nobody when it begins. */
    @StartBundle
    public void start() {
      Tally.reading();
    }

    @ProcessElement
    public void process(@Element String line, OutputReceiver<String> out) {
      for (String word : line.split(" ", -1)) {
        out.output(word);
      }
    }
  }

  private static final class TallyWords extends TallyFn<KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<String, Long> count) {
      take(Results.hash(count.getKey(), count.getValue()));
    }
  }
}
