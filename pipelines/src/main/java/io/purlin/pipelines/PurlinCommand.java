package io.purlin.pipelines;

import io.purlin.pipelines.log.LogFormat;
import io.purlin.pipelines.log.LogProvider;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * {@code purlin}: the one command, which only knows its subcommands. Lifetime: one invocation, on
 * the main thread.
 */
@Command(
    name = "purlin",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description = "Runs Beam pipelines in one JVM, and looks at what they leave.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = "%npurlin COMMAND --help says more.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:something failed, or is not correct",
      "2:the arguments are wrong"
    })
final class PurlinCommand implements Runnable {
  @Option(
      names = "--logFormat",
      paramLabel = "<format>",
      scope = ScopeType.INHERIT,
      description =
          "How the log is written to standard error: text, or json for a line of JSON each."
              + " Default: text.")
  private @Nullable LogFormat logFormat;

  private final Console console;
  private final CommandLine line;
  private final RunCommand run;

  PurlinCommand(Console console) {
    this.console = console;
    this.run = new RunCommand(console, true);
    this.line =
        new CommandLine(this)
            .addSubcommand(run)
            .addSubcommand(new ExplainCommand(console))
            .addSubcommand(new CheckpointsCommand(console))
            .addSubcommand(new VersionCommand(console))
            .addSubcommand(new CompletionCommand(console))
            .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
            .setExecutionStrategy(this::beginLogging)
            .setParameterExceptionHandler((wrong, arguments) -> refuse(console, wrong))
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> console.report(failure, ExitCode.FAILED, false));
  }

  /** The commands and their options, for a reference of them. */
  static CommandLine commandLine() {
    return new PurlinCommand(new Console(System.out, System.err)).line;
  }

  private int beginLogging(ParseResult parsed) {
    // Before the first logger is made.
    LogProvider.use(logFormat, console.secrets());
    if (logFormat != null) {
      console.reportAs(logFormat);
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  int execute(String... arguments) {
    console.mask(List.of(arguments));
    String[] complete =
        Arrays.stream(arguments)
            // Alone it would take the pipeline's option behind it for its value.
            .map(each -> each.equals("--chaos") ? "--chaos=runner" : each)
            .toArray(String[]::new);
    return line.execute(complete);
  }

  /** Whether a program of the user's has returned, whose threads may go on. */
  boolean handedOver() {
    return run.handedOver();
  }

  @Override
  public void run() {
    throw new ParameterException(line, "There is no command.");
  }

  private static int refuse(Console console, ParameterException wrong) {
    String message = String.valueOf(wrong.getMessage());
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      List<String> close = unmatched.getSuggestions();
      message = String.join(", ", unmatched.getUnmatched()) + " is not known here";
      message += close.isEmpty() ? "." : "; did you mean " + String.join(" or ", close) + "?";
    }
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    console
        .err()
        .println("error: " + console.secrets().masked(message) + " (" + command + " --help)");
    return ExitCode.USAGE;
  }
}
