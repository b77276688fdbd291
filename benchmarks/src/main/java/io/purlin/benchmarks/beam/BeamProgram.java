package io.purlin.benchmarks.beam;

import io.purlin.benchmarks.ready.InputSpec;
import io.purlin.benchmarks.ready.ReadySource;
import io.purlin.benchmarks.ready.Results;
import io.purlin.benchmarks.ready.Work;
import io.purlin.benchmarks.side.Side;
import io.purlin.benchmarks.side.Tally;
import io.purlin.pipelines.nexmark.NexmarkStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.nexmark.NexmarkUtils;
import org.apache.beam.sdk.nexmark.model.Event;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/**
 * A work as a Beam pipeline: {@code BeamProgram <work> <options of the runner>}. For each line
 * {@code <elements> <options of this run alone>} on standard input it runs once and answers with
 * the run's figures.
 */
public final class BeamProgram {
  private BeamProgram() {}

  /** Ends when its input ends. */
  public static void main(String[] args) {
    Work work = Work.valueOf(args[0]);
    List<String> always = List.of(args).subList(1, args.length);
    Side.serve(
        request -> {
          List<String> words = List.of(request.split(" ", -1));
          List<String> flags = new ArrayList<>(always);
          flags.addAll(words.subList(1, words.size()));
          InputSpec input = new InputSpec(work.input(), Integer.parseInt(words.get(0)));
          run(work, input, flags.toArray(new String[0]));
          return Tally.figures();
        });
  }

  /** Runs once; the result is that of a pipeline that has come to its end. */
  static PipelineResult run(Work work, InputSpec input, String... flags) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(flags).create());
    switch (work) {
      case KEYED_COUNT, KEYED_COUNT_ROCKSDB, HOT_KEY ->
          ClickPipelines.count(pipeline, input, FixedWindows.of(Duration.standardSeconds(10)));
      case SLIDING_COUNT ->
          ClickPipelines.count(
              pipeline,
              input,
              SlidingWindows.of(Duration.standardMinutes(1)).every(Duration.standardSeconds(1)));
      case JOIN -> ClickPipelines.join(pipeline, input);
      case MAP_SIDE_INPUT -> ClickPipelines.lookUp(pipeline, input);
      case WORD_COUNT -> WordPipeline.count(pipeline, input);
      default -> query(pipeline, work.query(), input);
    }
    // What is read exists before the clock starts.
    input.prepare();
    Tally.reset();
    PipelineResult result = pipeline.run();
    PipelineResult.State state = result.waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException(work + " ended " + state);
    }
    return result;
  }

  private static void query(Pipeline pipeline, int query, InputSpec input) {
    NexmarkUtils.setupPipeline(NexmarkUtils.CoderStrategy.HAND, pipeline);
    PCollection<Event> events =
        pipeline.apply("Events", Read.from(new ReadySource<>(input, Results::time)));
    NexmarkStream.query(query, input.size(), events).apply("Tally", ParDo.of(new TallyResults()));
  }
}
