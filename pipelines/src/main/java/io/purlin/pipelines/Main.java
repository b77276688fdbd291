package io.purlin.pipelines;

import java.io.PrintStream;

/** The program: {@code purlin <command> ...}. */
public final class Main {
  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    PurlinCommand purlin = new PurlinCommand(new Console(System.out, System.err));
    int code = purlin.execute(args);
    if (code != ExitCode.CORRECT || !purlin.handedOver()) {
      // Runners and readers may leave threads behind that are no daemons: the process ends here.
      System.exit(code);
    }
  }

  /**
   * Runs the command line.
   *
   * @return 0 when all is well, 1 when something failed or is not correct, 2 when the arguments are
   *     wrong
   */
  static int execute(PrintStream out, PrintStream err, String... args) {
    return new PurlinCommand(new Console(out, err)).execute(args);
  }
}
