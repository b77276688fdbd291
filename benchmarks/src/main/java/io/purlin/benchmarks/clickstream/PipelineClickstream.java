package io.purlin.benchmarks.clickstream;

import io.purlin.benchmarks.side.Reading;
import io.purlin.benchmarks.side.Side;
import io.purlin.pipelines.clickstream.ClickstreamJob;
import io.purlin.pipelines.clickstream.ClickstreamOptions;
import io.purlin.pipelines.job.JobRun;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.PipelineResult;
import org.joda.time.Duration;

/**
 * Our side: pipeline {@code Clickstream} as it is, {@code PipelineClickstream <options of the
 * runner>}. It is a new job for each run, which ends with the marks at the end of its topic.
 */
public final class PipelineClickstream {
  private PipelineClickstream() {}

  /** Serves as a side. */
  public static void main(String[] args) {
    Side.serve(line -> run(ClickstreamRequest.parse(line).on(List.of(args))));
  }

  private static long[] run(ClickstreamOptions options) throws InterruptedException {
    try (JobRun run = new ClickstreamJob().prepare(options)) {
      PipelineResult result = run.pipeline().run();
      FirstFetch.await(Objects.requireNonNull(options.getClicksTopic()), result);
      Reading start = Reading.now();
      PipelineResult.State end = result.waitUntilFinish(Duration.standardHours(1));
      if (end != PipelineResult.State.DONE) {
        throw new IllegalStateException("the job ended " + end);
      }
      return Reading.now().since(start);
    }
  }
}
