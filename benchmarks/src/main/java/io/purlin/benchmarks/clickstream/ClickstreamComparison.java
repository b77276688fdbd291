package io.purlin.benchmarks.clickstream;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.Comparison.Better;
import io.purlin.benchmarks.side.FlinkPeer;
import io.purlin.benchmarks.side.PeerPaths;
import io.purlin.benchmarks.side.SideProcess;
import io.purlin.pipelines.broker.EmbeddedBroker;
import io.purlin.pipelines.clickstream.ClickstreamJob;
import io.purlin.pipelines.job.RestartableRun;
import io.purlin.pipelines.job.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Pipeline {@code Clickstream} from topic to topic, with state in RocksDB and a checkpoint each
 * second: ours, exactly once, beside the same pipeline on Beam's FlinkRunner, both warm and in
 * turn, on a broker in a process of its own. What was written is checked each time.
 *
 * @param peer beside whom
 * @param clicks of each of our rounds
 * @param parallelism of both
 */
public record ClickstreamComparison(ClickstreamPeer peer, int clicks, int parallelism)
    implements Benchmark {
  private static final Path LOGS = Path.of("benchmarks/target/logs");
  private static final String OUR_RUNNER = "--runner=NativeRunner";
  private static final double MILLION = 1e6;

  /** The least ratio that is asked for. */
  private static final double LEAST = 6;

  private static final int WARM_UPS = 3;

  /** How much less than a round a run that warms up has. */
  private static final int WARM_UP_PART = 5;

  private static final long INTERVAL_MILLIS = 1_000;

  /**
   * A day: no minute is shown before it is over. How often it would be depends on how fast a side
   * is, and both are to make as many results of a click.
   */
  private static final long EARLY_FIRING_MILLIS = 86_400_000;

  /**
   * A day, so that no window expires. Where the watermark passes a window's end and its expiry at
   * once, FlinkRunner fires for both, for the latter a pane without clicks, and the results are
   * wrong.
   */
  private static final long ALLOWED_DELAY_MILLIS = 86_400_000;

  /** Ours, by default; the peer's has no limit. */
  private static final long ROCKSDB_BYTES = 256L << 20;

  /** Beside the peer in each setting. */
  public static List<Benchmark> all(long clicks, int parallelism) {
    return Stream.of(ClickstreamPeer.values())
        .<Benchmark>map(
            peer -> new ClickstreamComparison(peer, Math.toIntExact(clicks), parallelism))
        .toList();
  }

  @Override
  public String name() {
    return "clickstream-flink-runner-" + peer;
  }

  @Override
  public List<Comparison> run(int rounds) throws IOException {
    int theirClicks = peer.clicks(clicks);
    List<Run> ours = new ArrayList<>();
    List<Run> theirs = new ArrayList<>();
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        SideProcess our = ours(broker.folder());
        SideProcess their = theirs(broker.folder())) {
      for (int i = 0; i < WARM_UPS; i++) {
        run("ours-warming-up-" + i, our, broker, Math.max(1, clicks / WARM_UP_PART));
      }
      for (int i = 0; i < peer.warmUps(); i++) {
        run("peers-warming-up-" + i, their, broker, Math.max(1, theirClicks / WARM_UP_PART));
      }
      for (int i = 0; i < rounds; i++) {
        ours.add(run("ours-" + i, our, broker, clicks));
        theirs.add(run("peers-" + i, their, broker, theirClicks));
      }
    }
    String version =
        FlinkPeer.NAME + ", objectReuse, RocksDB, checkpoints every 1 s, " + peer.sinks();
    return List.of(
        Comparison.of(
                name(),
                "clicks/s",
                Better.MORE,
                ours.stream().map(Run::rate).toList(),
                version,
                theirs.stream().map(Run::rate).toList())
            .asking(LEAST),
        Comparison.of(
            name() + "-cpu",
            "CPU s/M",
            Better.LESS,
            ours.stream().map(Run::cost).toList(),
            version,
            theirs.stream().map(Run::cost).toList()));
  }

  private SideProcess ours(Path folder) throws IOException {
    return new SideProcess(
        System.getProperty("java.class.path"),
        PipelineClickstream.class,
        List.of(
            OUR_RUNNER,
            "--parallelism=" + parallelism,
            "--stateBackend=rocksdb",
            "--managedMemory=" + ROCKSDB_BYTES,
            "--stateDir=" + folder.resolve("native-rocksdb"),
            "--checkpointingInterval=" + INTERVAL_MILLIS,
            "--checkpointDir=" + folder.resolve("native-checkpoints")),
        LOGS.resolve(name() + "-native.log"));
  }

  private SideProcess theirs(Path folder) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(peer.name());
    // As many shards of its sinks as tasks.
    arguments.add(Integer.toString(parallelism));
    arguments.addAll(FlinkPeer.flags(parallelism));
    arguments.add("--objectReuse=true");
    arguments.addAll(FlinkPeer.rocksDbFlags(folder, 0, INTERVAL_MILLIS));
    arguments.add("--attachedMode=false");
    return new SideProcess(
        PeerPaths.flinkRunner(),
        FlinkClickstream.class,
        arguments,
        LOGS.resolve(name() + "-peer.log"));
  }

  /** Fills a topic, has a side work on it and checks what came of it. */
  private static Run run(String job, SideProcess side, EmbeddedBroker broker, int clicks)
      throws IOException {
    List<String> options = new ArrayList<>();
    options.add("--bootstrapServers=" + broker.bootstrapServers());
    options.add("--jobName=" + job);
    options.add("--clicks=" + clicks);
    options.add("--allowedDelayMillis=" + ALLOWED_DELAY_MILLIS);
    options.add("--earlyFiringMillis=" + EARLY_FIRING_MILLIS);
    try (RestartableRun run =
        new ClickstreamJob().prepare(new ClickstreamRequest(options).on(List.of(OUR_RUNNER)))) {
      run.start();
      // Of results it says that they are missing, but only when all clicks are in the topic.
      run.check();
      options.addAll(run.arguments());
      long[] figures = side.ask(new ClickstreamRequest(options).line());
      Summary found = run.check();
      String results = job + ": " + String.join("; ", found.lines());
      if (!found.correct()) {
        throw new IllegalStateException(results);
      }
      System.out.println(results);
      return new Run(clicks / (figures[0] / 1e9), figures[1] / 1e9 / (clicks / MILLION));
    }
  }

  /** Clicks a second, and seconds of all processors for a million of them. */
  private record Run(double rate, double cost) {}
}
