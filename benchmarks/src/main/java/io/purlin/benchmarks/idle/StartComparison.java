package io.purlin.benchmarks.idle;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * From the start of a JVM to its exit, for a bounded pipeline without elements, with the options of
 * the distribution. A round is the median of some processes that follow each other. As it comes,
 * with an archive of the classes, which a process has written that is not measured, and with
 * options for short jobs beside it. Where the environment's {@code JAVA_HOME_25} names a Java 25 or
 * newer, also with the cache of that one.
 */
public record StartComparison() implements Benchmark {
  private static final double BAR_SECONDS = 0.8;
  private static final int PROCESSES = 5;
  private static final Path TARGET = Path.of("benchmarks/target");
  private static final Path ARCHIVE = TARGET.resolve("start.jsa");
  private static final Path CACHE = TARGET.resolve("start.aot");
  private static final List<String> SHORT =
      List.of("-XX:TieredStopAtLevel=1", "-XX:-UseG1GC", "-XX:+UseSerialGC");

  /** A way to start, and what it has taken. */
  private record Way(String suffix, Path java, List<String> flags, String note, List<Double> took) {
    Way(String suffix, Path java, List<String> flags, String note) {
      this(suffix, java, flags, note, new ArrayList<>());
    }
  }

  @Override
  public String name() {
    return "start-empty";
  }

  @Override
  public List<Comparison> run(int rounds) throws IOException, InterruptedException {
    Files.createDirectories(TARGET.resolve("logs"));
    List<Way> ways = ways();
    for (int i = 0; i < rounds; i++) {
      for (Way way : ways) {
        way.took().add(median(way));
      }
    }
    return ways.stream()
        .map(
            way ->
                Comparison.withBar(name() + way.suffix(), "s", way.took(), BAR_SECONDS, way.note()))
        .toList();
  }

  private static List<Way> ways() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    write(ARCHIVE, java, List.of("-XX:ArchiveClassesAtExit=" + ARCHIVE));
    List<String> shared = List.of("-XX:SharedArchiveFile=" + ARCHIVE);
    List<Way> ways = new ArrayList<>();
    ways.add(new Way("", java, List.of(), "without an archive of classes"));
    ways.add(new Way("-archive", java, shared, "with an archive of classes"));
    ways.add(
        new Way(
            "-short", java, with(shared, SHORT), "with the archive, and options for short jobs"));
    String newer = System.getenv("JAVA_HOME_25");
    if (newer != null) {
      Path java25 = Path.of(newer, "bin", "java");
      List<String> quiet =
          List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
      write(CACHE, java25, with(quiet, List.of("-XX:AOTCacheOutput=" + CACHE)));
      List<String> cached = with(quiet, List.of("-XX:AOTCache=" + CACHE));
      ways.add(new Way("-25", java25, cached, "Java 25 with its cache"));
      ways.add(
          new Way("-25-short", java25, with(cached, SHORT), "Java 25 with it, and for short jobs"));
    }
    return ways;
  }

  private static List<String> with(List<String> flags, List<String> others) {
    return Stream.concat(flags.stream(), others.stream()).toList();
  }

  private static void write(Path archive, Path java, List<String> flags)
      throws IOException, InterruptedException {
    Files.deleteIfExists(archive);
    seconds(java, with(flags, List.of("-Xlog:disable")));
    if (!Files.exists(archive)) {
      throw new IOException(archive + " was not written; classes must come from jars");
    }
  }

  private static double median(Way way) throws IOException, InterruptedException {
    double[] all = new double[PROCESSES];
    for (int i = 0; i < PROCESSES; i++) {
      all[i] = seconds(way.java(), way.flags());
    }
    Arrays.sort(all);
    return all[PROCESSES / 2];
  }

  private static double seconds(Path java, List<String> jvmFlags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("@" + Path.of("packaging/conf/jvm.options"));
    command.addAll(jvmFlags);
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
