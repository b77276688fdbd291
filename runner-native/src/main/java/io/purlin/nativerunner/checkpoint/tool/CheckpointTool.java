package io.purlin.nativerunner.checkpoint.tool;

import io.purlin.nativerunner.checkpoint.storage.CheckpointFiles;
import io.purlin.nativerunner.checkpoint.storage.CheckpointInspector;
import io.purlin.nativerunner.checkpoint.storage.NioCheckpointFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * The command {@code checkpoints list|describe|verify <job directory> [number]}. Exit code 0 when
 * all is well, 1 when something is damaged or cannot be read, 2 when the command is not understood.
 */
public final class CheckpointTool {
  private static final String USAGE =
      "usage: checkpoints list|describe|verify <job directory> [number]";

  private CheckpointTool() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(System.out, System.err, arguments));
  }

  /**
   * Runs the command.
   *
   * @return its exit code
   */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    try {
      return answer(out, err, arguments);
    } catch (IOException e) {
      err.println(e.getMessage() == null ? e.toString() : e.getMessage());
      return 1;
    } catch (NumberFormatException e) {
      err.println(USAGE);
      return 2;
    }
  }

  private static int answer(PrintStream out, PrintStream err, String... arguments)
      throws IOException {
    boolean numbered = arguments.length == 3;
    if (arguments.length != 2 && !numbered) {
      err.println(USAGE);
      return 2;
    }
    CheckpointFiles files = new NioCheckpointFiles();
    Path job = Path.of(arguments[1]);
    if (!files.exists(job)) {
      err.println(job + ": there is no such directory");
      return 1;
    }
    CheckpointInspector inspector = new CheckpointInspector(files, job);
    String command = arguments[0];
    if (command.equals("list") && !numbered) {
      out.print(inspector.list());
      return 0;
    }
    if (command.equals("describe") && numbered) {
      out.print(inspector.describe(Long.parseLong(arguments[2])));
      return 0;
    }
    if (command.equals("verify") && numbered) {
      out.print(inspector.verify(Long.parseLong(arguments[2])));
      return 0;
    }
    if (command.equals("verify")) {
      StringBuilder text = new StringBuilder();
      boolean whole = inspector.verifyAll(text);
      out.print(text);
      return whole ? 0 : 1;
    }
    err.println(USAGE);
    return 2;
  }
}
