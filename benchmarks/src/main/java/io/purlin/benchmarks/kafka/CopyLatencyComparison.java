package io.purlin.benchmarks.kafka;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.side.SideProcess;
import io.purlin.pipelines.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * p99 from when a record is due in one topic to when a reader of committed records has it from
 * another, copied exactly once with a commit each 200 ms. Writer, broker, job and reader share the
 * machine; the rate is half of what all of them together get through.
 *
 * @param records of the runs that look for the greatest rate
 * @param seconds how long a round is measured
 * @param parallelism of the job
 */
public record CopyLatencyComparison(long records, long seconds, int parallelism)
    implements Benchmark {
  private static final long INTERVAL_MILLIS = 200;

  /** The interval, and a quarter of it for the commit and both ways. */
  private static final double BAR_MILLIS = 250;

  private static final double MILLI_NANOS = 1e6;

  /** One round warms up, another measures. */
  private static final int LOOKS = 2;

  @Override
  public String name() {
    return "latency-kafka";
  }

  @Override
  public List<Comparison> run(int rounds)
      throws IOException, ExecutionException, InterruptedException {
    List<Double> figures = new ArrayList<>();
    long rate = 0;
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      String servers = broker.bootstrapServers();
      CopyTopics topics = new CopyTopics(servers);
      topics.create("timed");
      topics.create("timed-copy");
      try (SideProcess job = start(broker.folder());
          SideProcess timed = timed(servers)) {
        job.ask(new CopyRequest(servers, "timed", "timed-copy", 0).line());
        for (int i = 0; i < LOOKS; i++) {
          // As fast as may be. One is measured, since there are no figures of none.
          rate = timed.ask(records + " 0 " + (records - 1))[0] / 2;
        }
        for (int i = 0; i < rounds; i++) {
          // A quarter of the records warms up.
          long all = rate * seconds * 4 / 3;
          long[] seen = timed.ask(all + " " + rate + " " + all / 4);
          figures.add(seen[2] / MILLI_NANOS);
          print(rate, seen);
        }
      }
    }
    return List.of(
        Comparison.withBar(
            name(),
            "ms p99",
            figures,
            BAR_MILLIS,
            String.format(
                Locale.ROOT, "at %d records/s, a commit each %d ms", rate, INTERVAL_MILLIS)));
  }

  private SideProcess start(Path folder) throws IOException {
    return new SideProcess(
        System.getProperty("java.class.path"),
        EndlessCopy.class,
        List.of(
            "--runner=NativeRunner",
            "--checkpointDir=" + folder.resolve("checkpoints"),
            "--checkpointingInterval=" + INTERVAL_MILLIS,
            "--parallelism=" + parallelism),
        Path.of("benchmarks/target/logs", name() + ".log"));
  }

  private static SideProcess timed(String servers) throws IOException {
    return new SideProcess(
        System.getProperty("java.class.path"),
        TimedRecords.class,
        List.of(servers, "timed", "timed-copy", Integer.toString(CopyTopics.PARTITIONS)),
        Path.of("benchmarks/target/logs", "latency-kafka-timed.log"));
  }

  private void print(long rate, long[] seen) {
    System.out.println(
        String.format(
            Locale.ROOT,
            "  %s at %d/s: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms of %d records",
            name(),
            rate,
            seen[1] / MILLI_NANOS,
            seen[2] / MILLI_NANOS,
            seen[3] / MILLI_NANOS,
            seen[4]));
  }
}
