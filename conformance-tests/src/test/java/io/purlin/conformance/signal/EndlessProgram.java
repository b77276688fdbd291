package io.purlin.conformance.signal;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.joda.time.Duration;

/**
 * Counts a source without an end, by windows that stay open for longer than anyone waits. Prints a
 * line when it reads, and one for each window that closes.
 */
final class EndlessProgram {
  static final String READS = "reads";
  private static final long SOME = 1_000;

  /** Elements are of the moment in which they are read: no test is to run across its end. */
  private static final Duration CENTURY = Duration.standardDays(36_500);

  private static final AtomicLong READ = new AtomicLong();

  private EndlessProgram() {}

  public static void main(String[] arguments) {
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs(arguments).withValidation().create());
    pipeline
        .apply(GenerateSequence.from(0))
        .apply("Read", ParDo.of(new Read()))
        .apply(Window.into(FixedWindows.of(CENTURY)))
        .apply(Combine.globally(Count.<Long>combineFn()).withoutDefaults())
        .apply("Print", ParDo.of(new Print()));
    pipeline.run().waitUntilFinish();
  }

  private static void print(String line) {
    System.out.println(line);
  }

  private static final class Read extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long element, OutputReceiver<Long> out) {
      if (READ.incrementAndGet() == SOME) {
        print(READS);
      }
      out.output(element);
    }
  }

  private static final class Print extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long count) {
      print(count + " of " + READ.get());
    }
  }
}
