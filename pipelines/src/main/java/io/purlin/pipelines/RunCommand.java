package io.purlin.pipelines;

import io.purlin.pipelines.broker.EmbeddedBroker;
import io.purlin.pipelines.flink.FlinkBuild;
import io.purlin.pipelines.job.Job;
import io.purlin.pipelines.job.JobRun;
import io.purlin.pipelines.job.KafkaOptions;
import io.purlin.pipelines.job.RestartableRun;
import io.purlin.pipelines.job.Summary;
import io.purlin.pipelines.job.UserError;
import io.purlin.sdk.CheckpointOptions;
import io.purlin.sdk.NativePipelineOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code run}: runs one pipeline to its end and checks what it has written.
 *
 * <p>Lifetime: one invocation, on the main thread.
 */
@Command(
    name = "run",
    sortOptions = false,
    description = "Runs a pipeline to its end and checks what it has written.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the pipeline ran and its outputs are correct",
      "1:it failed, or its outputs are not correct",
      "2:the arguments are wrong"
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private Selection selection = new Selection();

  @Unmatched private List<String> unknown = new ArrayList<>();

  @Option(
      names = "--runner",
      defaultValue = "NativeRunner",
      description =
          "Any Beam runner on the class path, such as NativeRunner or DirectRunner, or FlinkRunner,"
              + " for which a Flink cluster is started. Default: ${DEFAULT-VALUE}.")
  private String runner = "";

  @Option(
      names = "--chaos",
      description =
          "Kills the process that runs the pipeline (or, with --chaos=broker, the broker) ten times at"
              + " random moments and starts it again. Only for Clickstream, with a broker of its"
              + " own.")
  private ChaosRun.@Nullable Victim chaos;

  @Option(names = "--verbose", description = "Shows stack traces and what libraries log.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      description = "Shows this, and the options of the pipeline.")
  private boolean help;

  // Set by picocli before it runs the command.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private final Console console;
  private final boolean startsBrokers;
  private boolean handedOver;

  /**
   * A command.
   *
   * @param startsBrokers whether a pipeline that needs a broker and has none is given one
   */
  RunCommand(Console console, boolean startsBrokers) {
    this.console = console;
    this.startsBrokers = startsBrokers;
  }

  /** Whether a program of the user's has returned, whose threads may go on. */
  boolean handedOver() {
    return handedOver;
  }

  @Override
  public Integer call() {
    selection.passOn(unknown);
    boolean ownBroker = selection.bootstrapServers() == null;
    if (chaos != null
        && (!ownBroker || !runner.equals("NativeRunner") || selection.program() != null)) {
      return report(
          new UserError(
              "--chaos needs one of our pipelines on the NativeRunner, and a broker of its own."),
          ExitCode.USAGE);
    }
    if (verbose) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
    }
    // What the memory is for is shown in any case.
    System.getProperties().putIfAbsent("org.slf4j.simpleLogger.log.io.purlin.memory", "info");
    String program = selection.program();
    if (program != null && !help) {
      return runProgram(program);
    }
    Job job;
    PipelineOptions options;
    try {
      job = selection.job();
      if (help) {
        printHelp(job);
        return ExitCode.CORRECT;
      }
      Optional<FlinkBuild> flink =
          runner.equals(ClusterRun.RUNNER) ? FlinkBuild.find() : Optional.empty();
      if (flink.isPresent()) {
        return runOnCluster(job, flink.get());
      }
      if (job.usesKafka() && ownBroker && !startsBrokers) {
        throw new UserError("--bootstrapServers: " + selection.name() + " must be told a broker.");
      }
      String servers = Objects.requireNonNullElse(selection.bootstrapServers(), "");
      options = selection.options(job, runner, servers, ownArguments());
    } catch (RuntimeException e) {
      return report(e, ExitCode.USAGE);
    }
    if (runner.equals("NativeRunner") && options.as(NativePipelineOptions.class).getExplain()) {
      return ExplainCommand.explain(job, options, console, verbose);
    }
    try {
      return job.usesKafka() && ownBroker ? runWithBroker(job, options) : run(job, options);
    } catch (Exception e) {
      return report(e, ExitCode.FAILED);
    }
  }

  private List<String> ownArguments() {
    // It would else return from run() only when the pipeline has ended: no progress to show.
    return runner.equals("DirectRunner") ? List.of("--blockOnRun=false") : List.of();
  }

  private int runOnCluster(Job job, FlinkBuild flink) {
    try {
      return new ClusterRun(flink, selection, console).toEnd(job.usesKafka(), verbose);
    } catch (RuntimeException e) {
      return report(e, ExitCode.FAILED);
    }
  }

  private int runProgram(String name) {
    UserProgram program;
    List<String> arguments;
    try {
      program = new UserProgram(name);
      arguments = selection.programArguments(runner, List.of());
    } catch (UserError e) {
      return report(e, ExitCode.USAGE);
    }
    try {
      program.run(arguments);
      handedOver = true;
      return ExitCode.CORRECT;
    } catch (Exception e) {
      return report(e, UserProgram.isAboutOptions(e) ? ExitCode.USAGE : ExitCode.FAILED);
    }
  }

  private int runWithBroker(Job job, PipelineOptions options) {
    console.out().println("starting a broker ...");
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      console.out().println("broker at " + broker.bootstrapServers() + ", log in " + broker.log());
      options.as(KafkaOptions.class).setBootstrapServers(broker.bootstrapServers());
      CheckpointOptions checkpoints = options.as(CheckpointOptions.class);
      if (checkpoints.getCheckpointDir() == null) {
        // What is written ends with the broker, and so do the checkpoints of it.
        checkpoints.setCheckpointDir(broker.folder().resolve("checkpoints").toString());
      }
      return chaos == null ? run(job, options) : runInChaos(job, options, broker, chaos);
    }
  }

  private int runInChaos(
      Job job, PipelineOptions options, EmbeddedBroker broker, ChaosRun.Victim victim) {
    try (JobRun run = job.prepare(options)) {
      if (!(run instanceof RestartableRun restartable)) {
        throw new UserError("--chaos: " + selection.name() + " cannot be killed and checked.");
      }
      List<String> arguments = new ArrayList<>(List.of("run"));
      arguments.addAll(selection.rest());
      arguments.addAll(
          List.of(
              "--pipeline=" + selection.name(),
              "--runner=" + runner,
              "--bootstrapServers=" + broker.bootstrapServers(),
              "--jobName=chaos",
              "--checkpointDir=" + options.as(CheckpointOptions.class).getCheckpointDir()));
      long seed = System.nanoTime();
      console.out().println("seed of the kills " + seed);
      return show(
          new ChaosRun(restartable, broker, victim, arguments, seed, console.out()).toEnd());
    }
  }

  private int run(Job job, PipelineOptions options) {
    try (JobRun run = job.prepare(options)) {
      // Flink's runner tells of a part of what its tasks have counted.
      LiveRun live =
          new LiveRun(run, console.out(), !runner.equals(ClusterRun.RUNNER), !runnerShows(options));
      return show(live.toEnd());
    }
  }

  private boolean runnerShows(PipelineOptions options) {
    return runner.equals("NativeRunner") && NativePipelineOptions.showsProgress(options);
  }

  private int show(Summary summary) {
    console.out().println();
    console.out().println(selection.name() + " on " + runner);
    summary.lines().forEach(line -> console.out().println("  " + line));
    console.out().println(summary.correct() ? "correct" : "NOT CORRECT");
    return summary.correct() ? ExitCode.CORRECT : ExitCode.FAILED;
  }

  private int report(Exception failure, int code) {
    return console.report(failure, code, verbose);
  }

  private void printHelp(Job job) {
    spec.commandLine().usage(console.out());
    console.out().println();
    console.out().println("Options of " + selection.name() + ":");
    PipelineOptionsFactory.printHelp(console.out(), job.optionsType());
    console.out().println("Options of NativeRunner:");
    PipelineOptionsFactory.printHelp(console.out(), NativePipelineOptions.class);
  }
}
