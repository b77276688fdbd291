package io.purlin.pipelines;

import io.purlin.pipelines.job.UserError;
import io.purlin.sdk.tool.RunnerTools;
import io.purlin.sdk.tool.RunnerTools.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code checkpoints}: what the checkpoints of a job are, and whether they are whole. */
@Command(
    name = "checkpoints",
    description = "Shows the checkpoints of a job. Changes nothing; the job may run meanwhile.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:something is damaged or cannot be read",
      "2:the arguments are wrong"
    })
final class CheckpointsCommand implements Runnable {
  @SuppressWarnings("unused")
  @Mixin
  private HelpOption help = new HelpOption();

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private final Console console;

  CheckpointsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "checkpoints needs one of list, describe and verify.");
  }

  @Command(name = "list", description = "Lists the checkpoints of a job, oldest first.")
  int list(
      @Mixin HelpOption options,
      @Parameters(paramLabel = "<job directory>", description = "Holds chk-N.") Path job) {
    return show(() -> new Verdict(true, tools().listCheckpoints(job)));
  }

  @Command(name = "describe", description = "Shows all about a checkpoint but its bytes.")
  int describe(
      @Mixin HelpOption options,
      @Parameters(paramLabel = "<job directory>", description = "Holds chk-N.") Path job,
      @Parameters(paramLabel = "<number>", description = "The N of chk-N.") long number) {
    return show(() -> new Verdict(true, tools().describeCheckpoint(job, number)));
  }

  @Command(name = "verify", description = "Reads every byte of a checkpoint, or of all.")
  int verify(
      @Mixin HelpOption options,
      @Parameters(paramLabel = "<job directory>", description = "Holds chk-N.") Path job,
      @Parameters(
              arity = "0..1",
              paramLabel = "<number>",
              description = "The N of chk-N. Default: all of them.")
          @Nullable Long number) {
    return show(
        () ->
            number == null
                ? tools().verifyCheckpoints(job)
                : new Verdict(true, tools().verifyCheckpoint(job, number)));
  }

  private static RunnerTools tools() {
    return ServiceLoader.load(RunnerTools.class)
        .findFirst()
        .orElseThrow(
            () -> new UserError("No runner on the class path offers a look at checkpoints."));
  }

  private interface Look {
    Verdict look() throws IOException;
  }

  private int show(Look look) {
    try {
      Verdict verdict = look.look();
      console.out().print(verdict.text());
      console.out().flush();
      return verdict.whole() ? ExitCode.CORRECT : ExitCode.FAILED;
    } catch (IOException | RuntimeException e) {
      String message = e.getMessage();
      console.err().println("error: " + (message == null ? e.toString() : message));
      return ExitCode.FAILED;
    }
  }
}
