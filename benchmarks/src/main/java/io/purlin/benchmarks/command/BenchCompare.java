package io.purlin.benchmarks.command;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.revision.EnginePath;
import io.purlin.benchmarks.revision.RevisionComparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program of {@code ./dev bench-compare}, which builds the other engine before. */
@Command(
    name = "bench-compare",
    mixinStandardHelpOptions = true,
    description =
        "Compares the engine of the working tree with that of a commit, in turn in one run. Ratios"
            + " say how many times better the working tree's is.")
public final class BenchCompare implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "revision",
      description = "a commit, by any name that git knows")
  private String revision = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "pattern",
      defaultValue = "",
      description = "a regular expression, found in the names of works to run; default: all")
  private String pattern = "";

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "how often each is measured, from 1 (${DEFAULT-VALUE})")
  private int rounds = 5;

  @Option(
      names = "--elements",
      defaultValue = "2000000",
      description = "elements of each round, from 1000 (${DEFAULT-VALUE})")
  private long elements = 2_000_000;

  @Option(names = "--parallelism", description = "of both; default: cores")
  private int parallelism = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--least",
      defaultValue = "0.95",
      description =
          "a work fails when its ratio is below this in each round, from 0 to 1 (${DEFAULT-VALUE})")
  private double least = 0.95;

  @Option(names = "--list", description = "prints the names and stops")
  private boolean list;

  @Option(
      names = "--engine-class-path",
      hidden = true,
      description = "a file with the other engine's class path")
  private @Nullable Path engine;

  @Option(
      names = "--out",
      defaultValue = "benchmarks/target/bench-compare.json",
      description = "the file of results (${DEFAULT-VALUE})")
  private Path out = Path.of("benchmarks/target/bench-compare.json");

  /** Exit code 1 when a work fails or is slower, 2 for bad options. */
  public static void main(String[] args) {
    System.exit(Bench.commandLine(new BenchCompare()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<Benchmark> chosen = chosen();
    if (list) {
      chosen.forEach(each -> System.out.println(each.name()));
      return 0;
    }
    List<String> slower = new ArrayList<>();
    Report report = new Report(out);
    System.out.println(Report.heading());
    for (Benchmark each : chosen) {
      List<Comparison> found = each.run(rounds);
      for (Comparison comparison : found) {
        report.add(comparison);
      }
      // The first is the throughput.
      if (RevisionComparison.isSlower(found.get(0), least)) {
        slower.add(each.name());
      }
    }
    if (!slower.isEmpty()) {
      System.err.println(
          "slower than "
              + revision
              + ", below "
              + least
              + " in each round: "
              + String.join(", ", slower));
    }
    return slower.isEmpty() ? 0 : 1;
  }

  private List<Benchmark> chosen() {
    if (rounds < 1 || elements < 1000 || parallelism < 1) {
      throw usage("--rounds and --parallelism must be at least 1, --elements at least 1000");
    }
    if (!(least >= 0 && least <= 1)) {
      throw usage("--least=" + least + " must be from 0 to 1");
    }
    Pattern wanted;
    try {
      wanted = Pattern.compile(pattern);
    } catch (PatternSyntaxException malformed) {
      throw usage("not a regular expression: " + malformed.getMessage());
    }
    List<Benchmark> chosen =
        RevisionComparison.all(revision, enginePath(), elements, parallelism).stream()
            .filter(each -> wanted.matcher(each.name()).find())
            .toList();
    if (chosen.isEmpty()) {
      throw usage("no work matches " + pattern + "; --list shows all");
    }
    return chosen;
  }

  /** Names can be listed, and options looked at, before the other engine is built. */
  private String enginePath() {
    if (list) {
      return "";
    }
    if (engine == null) {
      throw usage("the other engine is not built; ./dev bench-compare does it");
    }
    try {
      return EnginePath.of(System.getProperty("java.class.path"), Files.readString(engine));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(new CommandLine(this), message);
  }
}
