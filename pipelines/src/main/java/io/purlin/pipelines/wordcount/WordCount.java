package io.purlin.pipelines.wordcount;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.TypeDescriptors;

/** The pipeline that counts words. A line of its output is {@code word: count}. */
public final class WordCount {
  /** Counts the lines that were read. */
  static final String LINES = "lines";

  private static final String SUFFIX = ".txt";

  private WordCount() {}

  /** The pattern of the files that are written for {@code output}. */
  static String filesOf(String output) {
    return output + "-*-of-*" + SUFFIX;
  }

  static void build(Pipeline pipeline, String input, String output) {
    pipeline
        .apply(
            "Read", TextIO.read().from(input).withEmptyMatchTreatment(EmptyMatchTreatment.DISALLOW))
        .apply("Words", ParDo.of(new SplitIntoWords()))
        .apply("Count", Count.perElement())
        .apply(
            "Format",
            MapElements.into(TypeDescriptors.strings())
                .via(count -> count.getKey() + ": " + count.getValue()))
        .apply("Write", TextIO.write().to(output).withSuffix(SUFFIX));
  }

  /** Takes lines apart. */
  private static final class SplitIntoWords extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    private final Counter lines = Metrics.counter(WordCount.class, LINES);

    @ProcessElement
    public void process(@Element String line, OutputReceiver<String> out) {
      lines.inc();
      Words.of(line).forEach(out::output);
    }
  }
}
