package io.purlin.pipelines;

import io.purlin.pipelines.job.UserError;
import picocli.CommandLine;

/**
 * The program of the jar for a Flink cluster: {@code run} alone, and its log is the cluster's. It
 * runs where a job is submitted from.
 */
public final class ClusterMain {
  private ClusterMain() {}

  /** Runs a pipeline and ends the process with the exit code of {@code run}. */
  public static void main(String[] args) {
    // Kafka's clients leave threads behind that are no daemons.
    System.exit(run(new Console(System.out, System.err), args));
  }

  private static int run(Console console, String... args) {
    try {
      return new CommandLine(new RunCommand(console, false)).execute(args);
    } catch (NoClassDefFoundError e) {
      String needs = "The jar has what Clickstream, KafkaCopy and WordCount need, and not ";
      return console.report(new UserError(needs + e.getMessage() + ".", e), ExitCode.FAILED, false);
    }
  }
}
