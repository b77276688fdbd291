package io.purlin.benchmarks.clickstream;

import io.purlin.benchmarks.kafka.CopySettings;
import io.purlin.benchmarks.side.FlinkPeer;
import io.purlin.benchmarks.side.Reading;
import io.purlin.benchmarks.side.Side;
import io.purlin.pipelines.clickstream.ClickstreamJob;
import io.purlin.pipelines.clickstream.ClickstreamOptions;
import io.purlin.pipelines.job.JobRun;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.kafka.KafkaIO;

/**
 * The peer: pipeline {@code Clickstream} with other sinks, {@code FlinkClickstream <setting>
 * <shards> <options of the runner>}. Its job goes on behind the last click and is cancelled when a
 * reader of committed records has seen all that is expected, because FlinkRunner cannot end one
 * that writes exactly once: what waits for a checkpoint holds the watermark, and the job begins
 * anew for ever.
 */
public final class FlinkClickstream {
  private FlinkClickstream() {}

  /** Serves as a side. */
  public static void main(String[] args) {
    ClickstreamPeer setting = ClickstreamPeer.valueOf(args[0]);
    int shards = Integer.parseInt(args[1]);
    List<String> runner = List.of(args).subList(2, args.length);
    ClickstreamJob job = new ClickstreamJob(write -> sink(write, setting, shards));
    Side.serve(line -> run(job, ClickstreamRequest.parse(line).on(runner)));
  }

  private static KafkaIO.Write<byte[], byte[]> sink(
      KafkaIO.Write<byte[], byte[]> write, ClickstreamPeer setting, int shards) {
    KafkaIO.Write<byte[], byte[]> same = write.withProducerConfigUpdates(CopySettings.PRODUCER);
    return switch (setting) {
      // The group keeps what was written; it must be of one topic alone.
      case EXACTLY_ONCE -> same.withEOS(shards, UUID.randomUUID().toString());
      case AT_LEAST_ONCE -> same;
    };
  }

  private static long[] run(ClickstreamJob job, ClickstreamOptions options)
      throws IOException, InterruptedException {
    String clicks = OpenTopic.copyOf(options);
    options.setClicksTopic(clicks);
    try (CommittedResults results = CommittedResults.of(options);
        JobRun run = job.prepare(options)) {
      PipelineResult result = run.pipeline().run();
      FirstFetch.await(clicks, result);
      Reading start = Reading.now();
      results.await(result);
      long[] figures = Reading.now().since(start);
      FlinkPeer.cancel(result);
      return figures;
    }
  }
}
