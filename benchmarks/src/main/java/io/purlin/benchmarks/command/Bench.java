package io.purlin.benchmarks.command;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.checkpoint.CheckpointComparison;
import io.purlin.benchmarks.clickstream.ClickstreamComparison;
import io.purlin.benchmarks.comparison.RocksDbAccesses;
import io.purlin.benchmarks.comparison.StreamsComparison;
import io.purlin.benchmarks.comparison.WatchedComparison;
import io.purlin.benchmarks.comparison.WorkComparison;
import io.purlin.benchmarks.growth.GrowthComparison;
import io.purlin.benchmarks.idle.IdleComparison;
import io.purlin.benchmarks.idle.StartComparison;
import io.purlin.benchmarks.kafka.CopyLatencyComparison;
import io.purlin.benchmarks.kafka.KafkaCopyComparison;
import io.purlin.benchmarks.kafka.ProduceComparison;
import io.purlin.benchmarks.latency.LatencyComparison;
import io.purlin.benchmarks.micro.ChainComparison;
import io.purlin.benchmarks.nexmark.NexmarkComparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program of {@code ./dev bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Compares Purlin with its peers, in turn in one run. Ratios say how many times better ours is.")
public final class Bench implements Callable<Integer> {
  /** Records that are written to a topic. */
  private static final long PRODUCED = 1_000_000;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "pattern",
      defaultValue = "",
      description = "a regular expression, found in the names of those to run; default: all")
  private String pattern = "";

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "how often each is measured, from 1 (${DEFAULT-VALUE})")
  private int rounds = 3;

  @Option(
      names = "--events",
      defaultValue = "1000000",
      description = "events of each Nexmark round, from 1000 (${DEFAULT-VALUE})")
  private long events = 1_000_000;

  @Option(
      names = "--elements",
      defaultValue = "2000000",
      description =
          "elements of each round on a ready input, and clicks of Clickstream, from 1000"
              + " (${DEFAULT-VALUE})")
  private long elements = 2_000_000;

  @Option(
      names = "--records",
      defaultValue = "5000000",
      description = "records of each round that copies a topic, from 1000 (${DEFAULT-VALUE})")
  private long records = 5_000_000;

  @Option(
      names = "--parallelism",
      description = "of end-to-end runs, on both sides; default: cores")
  private int parallelism = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--state-bytes",
      defaultValue = "5000000000",
      description =
          "bytes of keyed state that is checkpointed and recovered, from 1000000 (${DEFAULT-VALUE})")
  private long stateBytes = 5_000_000_000L;

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description =
          "how long a job with checkpoints, by a schedule or without input is measured, from 1"
              + " (${DEFAULT-VALUE})")
  private long seconds = 30;

  @Option(
      names = "--largest",
      description = "the largest size of what grows; default: all sizes",
      defaultValue = "10000000")
  private long largest = 10_000_000;

  @Option(names = "--list", description = "prints the names and stops")
  private boolean list;

  @Option(
      names = "--out",
      defaultValue = "benchmarks/target/bench.json",
      description = "the file of results (${DEFAULT-VALUE})")
  private Path out = Path.of("benchmarks/target/bench.json");

  /**
   * Runs the benchmarks whose names match. Exit code 1 when one fails or misses its bar, 2 for bad
   * options.
   */
  public static void main(String[] args) {
    System.exit(commandLine(new Bench()).execute(args));
  }

  /** A command that ends with 1 when it fails. */
  static CommandLine commandLine(Callable<Integer> command) {
    CommandLine line = new CommandLine(command);
    line.setExecutionExceptionHandler(
        (failure, failed, result) -> {
          failure.printStackTrace(failed.getErr());
          return 1;
        });
    return line;
  }

  @Override
  public Integer call() throws IOException {
    List<Benchmark> chosen = chosen();
    if (list) {
      chosen.forEach(each -> System.out.println(each.name()));
      return 0;
    }
    List<Comparison> found = new ArrayList<>();
    Report report = new Report(out);
    System.out.println(Report.heading());
    for (Benchmark each : chosen) {
      try {
        for (Comparison comparison : each.run(rounds)) {
          report.add(comparison);
          found.add(comparison);
        }
      } catch (Exception failure) {
        throw new IllegalStateException(each.name() + " gave no figure", failure);
      }
    }
    for (GeometricMean each : GeometricMean.all()) {
      Optional<Comparison> mean = each.of(found);
      if (mean.isPresent()) {
        report.add(mean.get());
        found.add(mean.get());
      }
    }
    List<String> missed = found.stream().filter(Comparison::missed).map(Comparison::name).toList();
    if (!missed.isEmpty()) {
      System.err.println("missed the bar: " + String.join(", ", missed));
    }
    return missed.isEmpty() ? 0 : 1;
  }

  private List<Benchmark> chosen() {
    if (rounds < 1) {
      throw usage("--rounds=" + rounds + " must be at least 1");
    }
    if (events < 1000 || elements < 1000) {
      throw usage("--events and --elements must be at least 1000");
    }
    if (stateBytes < 1_000_000 || seconds < 1) {
      throw usage("--state-bytes must be at least 1000000 and --seconds at least 1");
    }
    if (records < 1000) {
      throw usage("--records=" + records + " must be at least 1000");
    }
    Pattern wanted;
    try {
      wanted = Pattern.compile(pattern);
    } catch (PatternSyntaxException malformed) {
      throw usage("not a regular expression: " + malformed.getMessage());
    }
    List<Benchmark> chosen =
        all().stream().filter(each -> wanted.matcher(each.name()).find()).toList();
    if (chosen.isEmpty()) {
      throw usage("no benchmark matches " + pattern + "; --list shows all");
    }
    return chosen;
  }

  /** The names of all that can be run. */
  List<String> names() {
    return all().stream().map(Benchmark::name).toList();
  }

  private List<Benchmark> all() {
    List<Benchmark> all = new ArrayList<>();
    all.addAll(ChainComparison.all());
    all.addAll(NexmarkComparison.all(events, parallelism));
    all.addAll(WorkComparison.all(elements, parallelism));
    all.add(new RocksDbAccesses(elements, parallelism));
    all.add(new WatchedComparison(elements, parallelism));
    all.addAll(StreamsComparison.all(elements, parallelism));
    all.addAll(CheckpointComparison.all(stateBytes, seconds));
    all.addAll(KafkaCopyComparison.all(records, parallelism));
    all.addAll(ClickstreamComparison.all(elements, parallelism));
    all.add(new ProduceComparison(PRODUCED, parallelism));
    all.addAll(GrowthComparison.all(largest, elements));
    all.addAll(LatencyComparison.all(elements, seconds, parallelism));
    all.add(new CopyLatencyComparison(records, seconds, parallelism));
    all.add(new StartComparison());
    all.add(new IdleComparison(seconds));
    return all;
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(new CommandLine(this), message);
  }
}
