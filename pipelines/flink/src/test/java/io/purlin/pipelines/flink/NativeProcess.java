package io.purlin.pipelines.flink;

import io.purlin.pipelines.process.TiedProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line with the native runner, in a process: its Beam and its options are not those of
 * this class path.
 *
 * @param folder for all that it leaves
 */
record NativeProcess(Path folder) {
  private static final long LONGEST_SECONDS = 180;

  /**
   * Runs a pipeline to its end.
   *
   * @param arguments of {@code run}
   * @return the exit code
   */
  int run(List<String> arguments) throws IOException {
    return exitCode(start(arguments));
  }

  /**
   * Waits for the end of a process, and kills it when that does not come within three minutes.
   *
   * @return the exit code; -1 when it was killed
   */
  static int exitCode(Process process) {
    try {
      return TiedProgram.await(process, LONGEST_SECONDS) ? process.exitValue() : -1;
    } finally {
      TiedProgram.stop(process);
    }
  }

  /**
   * Begins to run a pipeline.
   *
   * @param arguments of {@code run}
   */
  Process start(List<String> arguments) throws IOException {
    String classPath =
        System.getProperty("purlin.native.classes")
            + File.pathSeparator
            + Files.readString(Path.of(System.getProperty("purlin.native.classpath"))).strip();
    List<String> command = new ArrayList<>(List.of("io.purlin.pipelines.Main", "run"));
    command.add("--runner=NativeRunner");
    command.add("--checkpointDir=" + folder.resolve("checkpoints"));
    command.addAll(arguments);
    return new TiedProgram(folder, List.of("-Xmx1g"), classPath)
        .start(command.toArray(String[]::new));
  }
}
