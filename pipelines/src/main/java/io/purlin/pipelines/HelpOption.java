package io.purlin.pipelines;

import picocli.CommandLine.Option;

/** {@code --help} of a command. Read by picocli alone. */
final class HelpOption {
  @SuppressWarnings("unused")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  private boolean help;
}
