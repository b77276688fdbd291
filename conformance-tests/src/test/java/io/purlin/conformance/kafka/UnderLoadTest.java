package io.purlin.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.pipelines.broker.EmbeddedBroker;
import io.purlin.pipelines.clickstream.ClickstreamJob;
import io.purlin.pipelines.job.JobRun;
import io.purlin.pipelines.job.Progress;
import io.purlin.pipelines.job.Summary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The main job in small with a checkpoint every 100 ms: keyed state, exchanges between chains and
 * Kafka's transaction under load, all at once. What each of them waits for is tested beside it;
 * that together they wait for each other can only be seen here.
 */
class UnderLoadTest {
  /** As many as one run must have committed for the three to have met. */
  private static final int CHECKPOINTS = 5;

  private static final int LEAST_CLICKS = 60_000;
  private static final int MOST_CLICKS = 64 * LEAST_CLICKS;
  private static final Duration LOOK = Duration.millis(250);

  /** In which a job that is alive reads or writes something, however busy the machine. */
  private static final Duration STANDSTILL = Duration.standardSeconds(60);

  @Test
  void stateExchangesAndTransactionsDoNotWaitForEachOther() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      int clicks = LEAST_CLICKS;
      // How long a number of clicks lasts is the machine's: a fast one gets more of them.
      while (checkpointsOf(clicks, broker) < CHECKPOINTS) {
        clicks *= 2;
        assertThat(clicks)
            .as("clicks that end before a few checkpoints")
            .isLessThanOrEqualTo(MOST_CLICKS);
      }
    }
  }

  /** Runs the job over this many clicks, and returns the number of its last checkpoint. */
  private static long checkpointsOf(int clicks, EmbeddedBroker broker) throws Exception {
    String name = "under-load-" + clicks;
    Path checkpoints = broker.folder().resolve("checkpoints");
    ClickstreamJob job = new ClickstreamJob();
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs(
                "--runner=NativeRunner",
                "--jobName=" + name,
                "--bootstrapServers=" + broker.bootstrapServers(),
                "--clicks=" + clicks,
                "--parallelism=2",
                "--checkpointingInterval=100",
                "--checkpointDir=" + checkpoints,
                "--stateBackend=rocksdb")
            .as(job.optionsType());
    try (JobRun run = job.prepare(options)) {
      run.start();
      PipelineResult result = run.pipeline().run();
      awaitEnd(run, result);
      Summary summary = run.check(result);
      assertThat(summary.correct()).as(String.join("\n", summary.lines())).isTrue();
    }
    return newest(checkpoints.resolve(name));
  }

  /** Fails when the job stands still, and says where. */
  private static void awaitEnd(JobRun run, PipelineResult result) throws Exception {
    Progress before = run.progress(result);
    long since = System.nanoTime();
    while (result.waitUntilFinish(LOOK) == null) {
      Progress now = run.progress(result);
      if (now.in() != before.in() || now.out() != before.out()) {
        before = now;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > STANDSTILL.getMillis() * 1_000_000) {
        String where = tasks();
        result.cancel();
        throw new AssertionError("stands still at " + now + "\n" + where);
      }
    }
  }

  private static String tasks() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each -> each.getKey().getName().startsWith("purlin"))
        .map(UnderLoadTest::stack)
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static String stack(Map.Entry<Thread, StackTraceElement[]> thread) {
    return Stream.of(thread.getValue())
        .limit(12)
        .map(frame -> "\n  at " + frame)
        .collect(Collectors.joining("", thread.getKey().getName(), ""));
  }

  private static long newest(Path job) throws Exception {
    try (Stream<Path> entries = Files.list(job)) {
      return entries
          .map(each -> String.valueOf(each.getFileName()))
          .filter(name -> name.startsWith("chk-"))
          .mapToLong(name -> Long.parseLong(name.substring("chk-".length())))
          .max()
          .orElse(0);
    }
  }
}
