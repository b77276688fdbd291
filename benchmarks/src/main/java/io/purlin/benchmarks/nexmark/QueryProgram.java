package io.purlin.benchmarks.nexmark;

import io.purlin.benchmarks.side.Side;
import io.purlin.pipelines.nexmark.NexmarkStream;
import java.util.Arrays;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.nexmark.model.Event;
import org.apache.beam.sdk.nexmark.model.KnownSize;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * One side of the comparison: {@code QueryProgram <query> <options of the runner>}. For each line
 * {@code <events>} on standard input it runs the query once and answers {@code done <nanoseconds>
 * <results>} on standard output.
 */
public final class QueryProgram {
  private QueryProgram() {}

  /** Ends when its input ends. */
  public static void main(String[] args) {
    int query = Integer.parseInt(args[0]);
    String[] flags = Arrays.copyOfRange(args, 1, args.length);
    Side.serve(
        request -> {
          run(query, Long.parseLong(request), flags);
          return new long[] {Stopwatch.nanos(), Stopwatch.results()};
        });
  }

  private static void run(int query, long events, String... flags) {
    Stopwatch.reset();
    PipelineOptions options = PipelineOptionsFactory.fromArgs(flags).create();
    Pipeline pipeline = Pipeline.create(options);
    PCollection<Event> source = NexmarkStream.read(pipeline, events, true);
    PCollection<? extends KnownSize> results =
        NexmarkStream.query(
            query,
            events,
            source.apply("FirstLap", ParDo.of(new Stopwatch.Lap<>(true))).setCoder(Event.CODER));
    last(results);
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    if (state != PipelineResult.State.DONE || Stopwatch.events() != events) {
      throw new IllegalStateException(
          "query " + query + " ended " + state + " after " + Stopwatch.events() + " events");
    }
  }

  private static <T extends KnownSize> void last(PCollection<T> results) {
    results.apply("LastLap", ParDo.of(new Stopwatch.Lap<>(false))).setCoder(results.getCoder());
  }
}
