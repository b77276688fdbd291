package io.purlin.benchmarks.idle;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * From the start of a JVM to its exit, for a bounded pipeline without elements. A round is the
 * median of some processes that follow each other. Once as it comes, once with an archive of the
 * classes (class data sharing), which a process has written that is not measured.
 */
public record StartComparison() implements Benchmark {
  private static final double BAR_SECONDS = 0.8;
  private static final int PROCESSES = 5;
  private static final Path TARGET = Path.of("benchmarks/target");
  private static final Path ARCHIVE = TARGET.resolve("start.jsa");

  @Override
  public String name() {
    return "start-empty";
  }

  @Override
  public List<Comparison> run(int rounds) throws IOException, InterruptedException {
    Files.createDirectories(TARGET.resolve("logs"));
    Files.deleteIfExists(ARCHIVE);
    seconds("-XX:ArchiveClassesAtExit=" + ARCHIVE, "-Xlog:disable");
    if (!Files.exists(ARCHIVE)) {
      throw new IOException("no archive was written; classes must come from jars");
    }
    List<Double> plain = new ArrayList<>();
    List<Double> shared = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      plain.add(median());
      shared.add(median("-XX:SharedArchiveFile=" + ARCHIVE));
    }
    return List.of(
        Comparison.withBar(name(), "s", plain, BAR_SECONDS, "without an archive of classes"),
        Comparison.withBar(
            name() + "-archive", "s", shared, BAR_SECONDS, "with an archive of classes"));
  }

  private static double median(String... jvmFlags) throws IOException, InterruptedException {
    double[] all = new double[PROCESSES];
    for (int i = 0; i < PROCESSES; i++) {
      all[i] = seconds(jvmFlags);
    }
    Arrays.sort(all);
    return all[PROCESSES / 2];
  }

  private static double seconds(String... jvmFlags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(jvmFlags));
    command.addAll(
        List.of(
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            System.getProperty("java.class.path"),
            EmptyProgram.class.getName(),
            "--runner=NativeRunner"));
    Path log = TARGET.resolve("logs").resolve("start-empty.log");
    long since = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    int exit = process.waitFor();
    long nanos = System.nanoTime() - since;
    if (exit != 0) {
      throw new IOException("the program ended with " + exit + ", see " + log);
    }
    return nanos / 1e9;
  }
}
