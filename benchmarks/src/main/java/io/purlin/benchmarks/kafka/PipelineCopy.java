package io.purlin.benchmarks.kafka;

import io.purlin.benchmarks.side.Side;
import io.purlin.pipelines.copy.KafkaCopyJob;
import io.purlin.pipelines.copy.KafkaCopyOptions;
import io.purlin.pipelines.job.JobRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.joda.time.Duration;

/**
 * Our side: pipeline {@code KafkaCopy} as it is, {@code PipelineCopy <options of the runner>}. It
 * is a new job for each run.
 */
public final class PipelineCopy {
  private static final long LOOK_MILLIS = 5;

  private PipelineCopy() {}

  /** Serves as a side. */
  public static void main(String[] args) {
    Side.serve(
        line -> {
          Meter.reset();
          copy(CopyRequest.parse(line), List.of(args));
          return Meter.stop();
        });
  }

  private static void copy(CopyRequest request, List<String> flags) throws InterruptedException {
    List<String> all = new ArrayList<>(flags);
    all.add("--jobName=" + request.to());
    all.add("--bootstrapServers=" + request.servers());
    all.add("--inputTopic=" + request.from());
    all.add("--outputTopic=" + request.to());
    try (JobRun run =
        new KafkaCopyJob()
            .prepare(
                PipelineOptionsFactory.fromArgs(all.toArray(String[]::new))
                    .withValidation()
                    .as(KafkaCopyOptions.class))) {
      PipelineResult result = run.pipeline().run();
      while (run.progress(result).in() == 0 && !result.getState().isTerminal()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      Meter.start();
      PipelineResult.State end = result.waitUntilFinish(Duration.standardHours(1));
      if (end != PipelineResult.State.DONE) {
        throw new IllegalStateException("the job ended " + end);
      }
    }
  }
}
