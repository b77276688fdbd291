package io.purlin.pipelines;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: the script by which shells complete this command line. */
@Command(
    name = "completion",
    description = {
      "Prints a script for completion in bash and zsh.",
      "Use it by: source <(purlin completion)"
    })
final class CompletionCommand implements Runnable {
  @SuppressWarnings("unused")
  @Mixin
  private HelpOption help = new HelpOption();

  // Set by picocli before it runs the command.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private final Console console;

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    CommandLine purlin = spec.root().commandLine();
    console.out().print(AutoComplete.bash(purlin.getCommandName(), purlin));
    console.out().flush();
  }
}
