package io.purlin.pipelines;

import io.purlin.pipelines.broker.EmbeddedBroker;
import io.purlin.pipelines.job.Job;
import io.purlin.pipelines.job.JobRun;
import io.purlin.pipelines.job.KafkaOptions;
import io.purlin.pipelines.job.RestartableRun;
import io.purlin.pipelines.job.Summary;
import io.purlin.pipelines.job.UserError;
import io.purlin.sdk.CheckpointOptions;
import io.purlin.sdk.NativePipelineOptions;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/**
 * {@code run}: runs one pipeline to its end and checks what it has written.
 *
 * <p>What is no option of the command itself is handed to Beam, which refuses what it does not
 * know. Lifetime: one invocation, on the main thread.
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
  static final int CORRECT = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  @Option(
      names = "--pipeline",
      defaultValue = "Clickstream",
      description =
          "Clickstream, KafkaCopy, Nexmark, WordCount, or the name of a class that implements"
              + " io.purlin.pipelines.job.Job. Default: ${DEFAULT-VALUE}.")
  private String pipeline = "";

  @Option(
      names = "--runner",
      defaultValue = "NativeRunner",
      description =
          "Any Beam runner on the class path, such as NativeRunner or DirectRunner."
              + " Default: ${DEFAULT-VALUE}.")
  private String runner = "";

  @Option(
      names = "--bootstrapServers",
      description =
          "Kafka's address, host:port[,host:port...]. Default: a broker is started for this run"
              + " and ended with it.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--chaos",
      description =
          "Kills the process that runs the pipeline (or, with --chaos=broker, the broker) ten times at"
              + " random moments and starts it again. Only for Clickstream, with a broker of its"
              + " own.")
  private ChaosRun.@Nullable Victim chaos;

  @Option(names = "--verbose", description = "Shows stack traces and what libraries log.")
  private boolean verbose;

  @Option(names = "--help", description = "Shows this, and the options of the pipeline.")
  private boolean help;

  @Unmatched private List<String> pipelineArguments = new ArrayList<>();

  private final PrintStream out;
  private final PrintStream err;

  private RunCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  static CommandLine commandLine(PrintStream out, PrintStream err) {
    CommandLine line = new CommandLine(new RunCommand(out, err));
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(
        (wrong, arguments) -> {
          err.println("error: " + wrong.getMessage());
          return USAGE;
        });
    return line;
  }

  @Override
  public Integer call() {
    if (chaos != null && (bootstrapServers != null || !runner.equals("NativeRunner"))) {
      return report(
          new UserError("--chaos needs the NativeRunner, and a broker of its own."), USAGE);
    }
    if (verbose) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
    }
    Job job;
    PipelineOptions options;
    try {
      job = JobNames.find(pipeline);
      if (help) {
        printHelp(job);
        return CORRECT;
      }
      options = parse(job, bootstrapServers == null ? "" : bootstrapServers);
      job.checkOptions(options);
    } catch (RuntimeException e) {
      return report(e, USAGE);
    }
    try {
      return job.usesKafka() && bootstrapServers == null
          ? runWithBroker(job, options)
          : run(job, options);
    } catch (Exception e) {
      return report(e, FAILED);
    }
  }

  private PipelineOptions parse(Job job, String servers) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--runner=" + runner);
    if (job.usesKafka()) {
      arguments.add("--bootstrapServers=" + servers);
    } else if (bootstrapServers != null) {
      throw new UserError("--bootstrapServers: " + pipeline + " does not use Kafka.");
    }
    if (runner.equals("DirectRunner")) {
      // It would else return from run() only when the pipeline has ended: no progress to show.
      arguments.add("--blockOnRun=false");
    }
    boolean chosen = pipelineArguments.stream().anyMatch(a -> a.startsWith("--stateBackend="));
    if (runner.equals("NativeRunner") && job.usesKafka() && !chosen) {
      // The state of a stream may outgrow the heap.
      arguments.add("--stateBackend=rocksdb");
    }
    arguments.addAll(pipelineArguments);
    try {
      return PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new))
          .withValidation()
          .as(job.optionsType());
    } catch (RuntimeException e) {
      throw blame(job, e);
    }
  }

  /** Beam's message may not say which argument it is about: it is one that fails alone, too. */
  private RuntimeException blame(Job job, RuntimeException failure) {
    for (String argument : pipelineArguments) {
      try {
        var unused = PipelineOptionsFactory.fromArgs(argument).as(job.optionsType());
      } catch (RuntimeException e) {
        return new UserError(argument + ": " + FailureReport.of(e), e);
      }
    }
    return failure;
  }

  private int runWithBroker(Job job, PipelineOptions options) {
    out.println("starting a broker ...");
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      out.println("broker at " + broker.bootstrapServers() + ", log in " + broker.log());
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
        throw new UserError("--chaos: " + pipeline + " cannot be killed and checked.");
      }
      List<String> arguments = new ArrayList<>(pipelineArguments);
      arguments.addAll(
          List.of(
              "--pipeline=" + pipeline,
              "--runner=" + runner,
              "--bootstrapServers=" + broker.bootstrapServers(),
              "--jobName=chaos",
              "--checkpointDir=" + options.as(CheckpointOptions.class).getCheckpointDir()));
      long seed = System.nanoTime();
      out.println("seed of the kills " + seed);
      return show(new ChaosRun(restartable, broker, victim, arguments, seed, out).toEnd());
    }
  }

  private int run(Job job, PipelineOptions options) {
    try (JobRun run = job.prepare(options)) {
      LiveRun live = new LiveRun(run, out);
      return show(live.toEnd());
    }
  }

  private int show(Summary summary) {
    out.println();
    out.println(pipeline + " on " + runner);
    summary.lines().forEach(line -> out.println("  " + line));
    out.println(summary.correct() ? "correct" : "NOT CORRECT");
    return summary.correct() ? CORRECT : FAILED;
  }

  private int report(Exception failure, int code) {
    err.println("error: " + FailureReport.of(failure));
    if (verbose) {
      failure.printStackTrace(err);
    }
    return code;
  }

  private void printHelp(Job job) {
    CommandLine.usage(this, out);
    out.println();
    out.println("Options of " + pipeline + ":");
    PipelineOptionsFactory.printHelp(out, job.optionsType());
    out.println("Options of NativeRunner:");
    PipelineOptionsFactory.printHelp(out, NativePipelineOptions.class);
  }
}
