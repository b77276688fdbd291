package io.purlin.pipelines;

import io.purlin.pipelines.broker.EmbeddedBroker;
import io.purlin.pipelines.flink.FlinkBuild;
import io.purlin.pipelines.flink.FlinkCluster;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline on a Flink cluster that is started for it. The jar of the pipelines does so, in
 * the process of Flink's client: it has Flink's runner and that runner's Beam, with which ours
 * cannot be in one process. Lifetime: one invocation, on the main thread.
 */
final class ClusterRun {
  /** The runner that is meant when there is a {@link FlinkBuild}. */
  static final String RUNNER = "FlinkRunner";

  /** What the runner does not do by default and a run from the command line needs. */
  private static final List<String> DEFAULTS =
      List.of(
          // Returns when the job is submitted, so that its progress can be shown.
          "--attachedMode=false",
          "--jobCheckIntervalInSecs=1",
          // Without checkpoints a failure repeats the whole job.
          "--checkpointingInterval=10000",
          // A source that has come to its end ends then; the runner keeps it for checkpoints else.
          "--shutdownSourcesAfterIdleMs=1000",
          // Copies no element between two steps of a task.
          "--fasterCopy=true",
          "--objectReuse=true");

  private final FlinkBuild build;
  private final Selection selection;
  private final Console console;

  ClusterRun(FlinkBuild build, Selection selection, Console console) {
    this.build = build;
    this.selection = selection;
    this.console = console;
  }

  /**
   * Runs to the end and checks the outputs.
   *
   * @param usesKafka whether the pipeline needs a broker
   * @param verbose whether a failure shows more of what happened
   * @return the exit code of the command
   */
  int toEnd(boolean usesKafka, boolean verbose) {
    String given = selection.bootstrapServers();
    try (@Nullable EmbeddedBroker broker = usesKafka && given == null ? startBroker() : null;
        FlinkCluster cluster = startCluster()) {
      String servers = broker == null ? given : broker.bootstrapServers();
      int code = cluster.run(arguments(servers, verbose));
      if (code == ExitCode.FAILED && verbose) {
        console.err().println(cluster.logs());
      }
      return code;
    }
  }

  private EmbeddedBroker startBroker() {
    console.out().println("starting a broker ...");
    EmbeddedBroker broker = EmbeddedBroker.start();
    console.out().println("broker at " + broker.bootstrapServers() + ", log in " + broker.log());
    return broker;
  }

  private FlinkCluster startCluster() {
    console.out().println("starting a Flink cluster ...");
    FlinkCluster cluster = FlinkCluster.start(build);
    console.out().println("cluster at " + cluster.address() + ", logs in " + cluster.folder());
    return cluster;
  }

  private List<String> arguments(@Nullable String servers, boolean verbose) {
    List<String> arguments = new ArrayList<>();
    arguments.add(selection.name());
    arguments.add("--runner=" + RUNNER);
    if (servers != null) {
      arguments.add("--bootstrapServers=" + servers);
    }
    if (verbose) {
      arguments.add("--verbose");
    }
    List<String> rest = selection.rest();
    DEFAULTS.stream()
        .filter(each -> rest.stream().noneMatch(one -> name(one).equals(name(each))))
        .forEach(arguments::add);
    arguments.addAll(rest);
    return arguments;
  }

  private static String name(String argument) {
    return argument.replaceFirst("=.*", "");
  }
}
