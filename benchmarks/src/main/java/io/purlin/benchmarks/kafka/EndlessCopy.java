package io.purlin.benchmarks.kafka;

import io.purlin.benchmarks.side.Side;
import io.purlin.pipelines.copy.KafkaCopyJob;
import io.purlin.pipelines.copy.KafkaCopyOptions;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Pipeline {@code KafkaCopy} as it is, which copies until its process is ended: {@code EndlessCopy
 * <options of the runner>}. A {@link CopyRequest} starts it, and is answered when it is started.
 */
public final class EndlessCopy {
  private EndlessCopy() {}

  /** Serves as a side. */
  public static void main(String[] args) {
    Side.serve(
        line -> {
          CopyRequest request = CopyRequest.parse(line);
          List<String> all = new ArrayList<>(List.of(args));
          all.add("--jobName=" + request.to());
          all.add("--bootstrapServers=" + request.servers());
          all.add("--inputTopic=" + request.from());
          all.add("--outputTopic=" + request.to());
          all.add("--stopAtEnd=false");
          // What it holds is for a check at the end, and has no end.
          var unused =
              new KafkaCopyJob()
                  .prepare(
                      PipelineOptionsFactory.fromArgs(all.toArray(String[]::new))
                          .withValidation()
                          .as(KafkaCopyOptions.class))
                  .pipeline()
                  .run();
          return new long[] {0};
        });
  }
}
