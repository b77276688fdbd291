package io.purlin.pipelines;

import java.io.PrintStream;
import java.util.Arrays;

/** The program: {@code run} with a pipeline's options. */
public final class Main {
  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    // Runners and readers may leave threads behind that are no daemons: the process ends here.
    System.exit(execute(System.out, System.err, args));
  }

  /**
   * Runs the command line.
   *
   * @return 0 when the pipeline ran and its outputs are correct, 1 when it failed or they are not,
   *     2 when the arguments are wrong
   */
  static int execute(PrintStream out, PrintStream err, String... args) {
    String[] complete =
        Arrays.stream(args)
            // Alone it would take the pipeline's option behind it for its value.
            .map(each -> each.equals("--chaos") ? "--chaos=runner" : each)
            .toArray(String[]::new);
    return RunCommand.commandLine(out, err).execute(complete);
  }
}
