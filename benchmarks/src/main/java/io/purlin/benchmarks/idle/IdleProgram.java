package io.purlin.benchmarks.idle;

import io.purlin.benchmarks.side.Reading;
import io.purlin.benchmarks.side.Side;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.joda.time.Duration;

/**
 * A windowed count that waits for elements: {@code IdleProgram <options of the runner>}. Asked for
 * {@code <seconds>} it answers with the nanoseconds of all processors and those on the wall that
 * went by meanwhile.
 */
public final class IdleProgram {
  private IdleProgram() {}

  /** Ends when its input ends. */
  public static void main(String[] args) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(args).create());
    pipeline
        .apply("Silence", Read.from(new Silence()))
        .apply(Window.into(FixedWindows.of(Duration.standardSeconds(1))))
        .apply(Count.perElement());
    PipelineResult job = pipeline.run();
    Side.serve(
        request -> {
          Reading before = Reading.now();
          TimeUnit.SECONDS.sleep(Long.parseLong(request));
          Reading after = Reading.now();
          if (job.getState() != PipelineResult.State.RUNNING) {
            throw new IllegalStateException("the job is " + job.getState());
          }
          return new long[] {after.cpuNanos() - before.cpuNanos(), after.nanos() - before.nanos()};
        });
  }
}
