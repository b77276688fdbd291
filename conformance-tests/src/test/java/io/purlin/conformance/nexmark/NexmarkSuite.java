package io.purlin.conformance.nexmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of Nexmark's queries against what they should give. */
@Command(
    name = "nexmark",
    mixinStandardHelpOptions = true,
    description = {
      "Runs Nexmark's queries in each way on the native runner and compares their results: 0 to 9"
          + " with Beam's models; 4, 6 and 9, whose models are exact for chosen events only, also"
          + " with what they are defined to compute.",
      "At 1,000,000 events a query takes up to half a minute in each setting. The winning bids, with"
          + " which the models of 4, 6 and 9 begin, are then simulated by Beam's rules but not by"
          + " its program."
    })
final class NexmarkSuite implements Callable<Integer> {
  private static final Set<Integer> WINNERS = Set.of(4, 6, 9);

  private final PrintStream out;

  @Option(names = "--events", description = "how many a query is given (${DEFAULT-VALUE})")
  private long events = 1_000_000;

  @Option(names = "--query", split = ",", description = "these alone (0 to 9)")
  private Set<Integer> queries = new TreeSet<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));

  @Option(names = "--setting", split = ",", description = "these alone: ${COMPLETION-CANDIDATES}")
  private List<NexmarkSetting> settings = List.of(NexmarkSetting.values());

  @Option(
      names = "--with",
      split = ",",
      description = "compared with these alone: ${COMPLETION-CANDIDATES}")
  private Set<Basis> bases = EnumSet.allOf(Basis.class);

  private final List<String> failed = new ArrayList<>();
  private int runs;

  NexmarkSuite(PrintStream out) {
    this.out = out;
  }

  /** Runs the command. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new NexmarkSuite(System.out))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(args));
  }

  /** With what results are compared. */
  private enum Basis {
    MODEL,
    DEFINITION
  }

  /** One query compared in one way. */
  private interface Check {
    void run(int query, NexmarkSetting setting, Path checkpoints);
  }

  @Override
  public Integer call() throws IOException {
    ModelledWinners winners = new ModelledWinners(events);
    for (int query : queries) {
      // A model holds all its results: those of one query at a time.
      if (bases.contains(Basis.MODEL)) {
        play("model", query, new ModelCheck(events, winners)::run);
      }
      if (bases.contains(Basis.DEFINITION) && WINNERS.contains(query)) {
        play("definition", query, new WinnersCheck(events)::run);
      }
    }
    out.printf("%d runs with %d events each, %d fail%n", runs, events, failed.size());
    failed.forEach(each -> out.println("  " + each));
    return failed.isEmpty() ? 0 : 1;
  }

  private void play(String with, int query, Check check) throws IOException {
    for (NexmarkSetting setting : settings) {
      String name = "query " + query + " " + setting + ", compared with its " + with;
      Path checkpoints = Files.createTempDirectory("purlin-nexmark");
      long start = System.nanoTime();
      String verdict = "agrees";
      try {
        check.run(query, setting, checkpoints);
      } catch (RuntimeException | AssertionError e) {
        verdict = "FAILS";
        failed.add(name);
        out.println(e);
      } finally {
        delete(checkpoints);
      }
      runs++;
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      out.printf("%-70s %s, %d s%n", name, verdict, seconds);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
