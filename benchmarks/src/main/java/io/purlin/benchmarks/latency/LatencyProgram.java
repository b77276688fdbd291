package io.purlin.benchmarks.latency;

import io.purlin.benchmarks.side.Side;
import io.purlin.benchmarks.side.Tally;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;

/**
 * Pipelines whose results are held against a schedule: {@code LatencyProgram <kind> <options of the
 * runner>}. Asked {@code <elements> 0} it lets so many through as fast as it can, and answers with
 * the nanoseconds of that; asked {@code <elements> <elements a second>} it keeps to that rate, and
 * answers with the median, p99 and p99.9 in nanoseconds and the number of samples.
 */
public final class LatencyProgram {
  /** Event time of what is not paced. */
  private static final double PER_SECOND = 1e6;

  /** The part of the elements before which nothing is measured. */
  private static final long WARM_UP_OF = 4;

  private static final long MOST_SAMPLES = 4_000_000;
  private static final long KEYS = 1_000;

  /** So that the threads of the job are there when the first number is due. */
  private static final long LEAD_NANOS = 1_000_000_000L;

  /** What a pipeline does. */
  enum Kind {
    /** A chain of steps without state. */
    STATELESS,
    /** Counts of 1,000 keys in windows of 100 ms. */
    WINDOW
  }

  private LatencyProgram() {}

  /** Ends when its input ends. */
  public static void main(String[] args) {
    Kind kind = Kind.valueOf(args[0]);
    String[] flags = Arrays.copyOfRange(args, 1, args.length);
    Side.serve(
        request -> {
          List<String> parts = List.of(request.split(" ", -1));
          long elements = Long.parseLong(parts.get(0));
          double perSecond = Double.parseDouble(parts.get(1));
          boolean paced = perSecond > 0;
          run(
              kind,
              new Schedule(
                  System.nanoTime() + LEAD_NANOS,
                  paced ? perSecond : PER_SECOND,
                  elements,
                  paced,
                  elements / WARM_UP_OF),
              flags);
          return paced ? Taken.figures() : Tally.figures();
        });
  }

  private static void run(Kind kind, Schedule schedule, String... flags) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(flags).create());
    PCollection<Long> numbers = pipeline.apply("Numbers", Read.from(new PacedNumbers(schedule)));
    switch (kind) {
      case STATELESS -> chain(numbers, schedule);
      case WINDOW -> windows(numbers, schedule);
    }
    System.gc();
    Tally.reset();
    Taken.reset();
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    long counted = Tally.figures()[3];
    if (state != PipelineResult.State.DONE || counted != schedule.end()) {
      throw new IllegalStateException(
          kind + " ended " + state + " after " + counted + " of " + schedule.end());
    }
  }

  private static void chain(PCollection<Long> numbers, Schedule schedule) {
    numbers
        .apply("Negate", MapElements.into(TypeDescriptors.longs()).via(number -> -number))
        .apply("Keep", Filter.by(number -> number <= 0))
        .apply("NegateAgain", MapElements.into(TypeDescriptors.longs()).via(number -> -number))
        .apply(
            "Take",
            ParDo.of(new LatencySteps.TakeNumber(schedule, (schedule.end() / MOST_SAMPLES) | 1)));
  }

  private static void windows(PCollection<Long> numbers, Schedule schedule) {
    numbers
        .apply("Keys", MapElements.into(TypeDescriptors.longs()).via(number -> number % KEYS))
        .apply(Window.into(FixedWindows.of(Duration.millis(100))))
        .apply(Count.perElement())
        .apply(Values.create())
        .apply("Take", ParDo.of(new LatencySteps.TakeCount(schedule)));
  }
}
