package io.purlin.pipelines;

import io.purlin.pipelines.job.Job;
import io.purlin.pipelines.job.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/**
 * {@code explain}: shows what the native runner makes of a pipeline, without running it. Lifetime:
 * one invocation, on the main thread.
 */
@Command(
    name = "explain",
    sortOptions = false,
    description =
        "Shows the chains, tasks and exchanges that the native runner makes of a pipeline, and why"
            + " each chain ends where it does. Runs nothing and asks no external system.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the plan was shown",
      "1:the pipeline cannot be built or planned",
      "2:the arguments are wrong"
    })
final class ExplainCommand implements Callable<Integer> {
  /** Stands in the plan, and nobody is asked there. */
  private static final String NOWHERE = "localhost:9092";

  private static final String RUNNER = "NativeRunner";

  @Mixin private Selection selection = new Selection();

  @Unmatched private List<String> unknown = new ArrayList<>();

  @Option(
      names = {"--format", "--explainFormat"},
      defaultValue = "text",
      paramLabel = "<format>",
      description = "text, dot (for Graphviz) or svg. Default: ${DEFAULT-VALUE}.")
  private String format = "";

  // Not --output: that is an option of many pipelines.
  @Option(
      names = {"-o", "--explainOutput"},
      paramLabel = "<file>",
      description = "The file to write; one that is there is replaced. Default: standard output.")
  private @Nullable String output;

  @Option(names = "--verbose", description = "Shows stack traces.")
  private boolean verbose;

  @SuppressWarnings("unused")
  @Mixin
  private HelpOption help = new HelpOption();

  private final Console console;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    selection.passOn(unknown);
    try {
      if (selection.rest().stream().anyMatch(argument -> argument.startsWith("--runner"))) {
        throw new UserError("--runner: the plan is always that of the NativeRunner.");
      }
      String program = selection.program();
      if (program != null) {
        return explain(new UserProgram(program));
      }
    } catch (UserError e) {
      return console.report(e, ExitCode.USAGE, verbose);
    }
    Job job;
    PipelineOptions options;
    try {
      job = selection.job();
      String given = selection.bootstrapServers();
      options = selection.options(job, RUNNER, given == null ? NOWHERE : given, arguments());
    } catch (RuntimeException e) {
      return console.report(e, ExitCode.USAGE, verbose);
    }
    return explain(job, options, console, verbose);
  }

  /** Explains one of our pipelines by options that say so. */
  static int explain(Job job, PipelineOptions options, Console console, boolean verbose) {
    try {
      PipelineResult.State state = job.outline(options).run().waitUntilFinish();
      return state == PipelineResult.State.DONE ? ExitCode.CORRECT : ExitCode.FAILED;
    } catch (RuntimeException e) {
      return console.report(e, ExitCode.FAILED, verbose);
    }
  }

  private int explain(UserProgram program) {
    try {
      program.run(selection.programArguments(RUNNER, arguments()));
      return ExitCode.CORRECT;
    } catch (Exception e) {
      int code = UserProgram.isAboutOptions(e) ? ExitCode.USAGE : ExitCode.FAILED;
      return console.report(e, code, verbose);
    }
  }

  private List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(List.of("--explain=true", "--explainFormat=" + format));
    if (output != null) {
      arguments.add("--explainOutput=" + output);
    }
    return arguments;
  }
}
