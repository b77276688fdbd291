package io.purlin.benchmarks.comparison;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.beam.AccessesProgram;
import io.purlin.benchmarks.ready.Work;
import io.purlin.benchmarks.side.SideProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How often keyed state touches RocksDB for an element, by the runner's own counters. No peer is
 * measured: the figures are printed. Cells that are all hot must not touch it at all.
 *
 * @param elements as of works on ready inputs
 * @param parallelism tasks of each step
 */
public record RocksDbAccesses(long elements, int parallelism) implements Benchmark {
  private static final Path STATE = Path.of("benchmarks/target/accesses-state");

  /** The usual number, for which the memory of {@link Work#JOIN} is a fifth of its state. */
  private static final double USUAL_ELEMENTS = 2_000_000;

  /** Less than a tenth of what the counts of a window of users that have all clicked take. */
  private static final long LITTLE_BYTES = 8 << 20;

  /** State that is measured. */
  private enum Case {
    ALL_HOT("keyed count, all hot, no checkpoints", Work.KEYED_COUNT),
    FITS("keyed count, fits, checkpoint every second", Work.KEYED_COUNT),
    DOES_NOT_FIT("keyed count, under a tenth fits, no checkpoints", Work.KEYED_COUNT),
    JOIN("join, a fifth fits, checkpoint every 10 s", Work.JOIN),
    KEYED_COUNT_ROCKSDB("keyed-count-rocksdb, checkpoint every 10 s", Work.KEYED_COUNT_ROCKSDB);

    private final String text;
    private final Work work;

    Case(String text, Work work) {
      this.text = text;
      this.work = work;
    }

    private List<String> flags(StateFolder state, double share) {
      return switch (this) {
        case ALL_HOT -> state.nativeFlags(StateFolder.memoryFlags(work, share), 0);
        case FITS -> state.nativeFlags(StateFolder.memoryFlags(work, share), 1000);
        case DOES_NOT_FIT ->
            state.nativeFlags(
                List.of(
                    "--stateMemory=" + (long) (share * LITTLE_BYTES),
                    "--managedMemory=" + 8 * LITTLE_BYTES),
                0);
        case JOIN, KEYED_COUNT_ROCKSDB ->
            state.nativeFlags(StateFolder.memoryFlags(work, share), StateFolder.INTERVAL_MILLIS);
      };
    }
  }

  @Override
  public String name() {
    return "rocksdb-accesses";
  }

  @Override
  public List<Comparison> run(int rounds) throws IOException {
    System.out.println(
        String.format("%-47s %10s", "RocksDB, for an element", "elements")
            + AccessesProgram.COUNTERS.stream()
                .map(each -> " " + each.replace("rocksdb.", ""))
                .collect(Collectors.joining()));
    for (Case each : Case.values()) {
      long many = Load.of(each.work, Peer.FLINK, elements).elements();
      long[] sum = sum(each, many, rounds);
      System.out.println(row(each.text, many, rounds, sum));
      if (each == Case.ALL_HOT && Arrays.stream(sum).anyMatch(count -> count > 0)) {
        throw new IllegalStateException("hot cells have touched RocksDB: " + Arrays.toString(sum));
      }
    }
    return List.of();
  }

  private long[] sum(Case measured, long many, int rounds) throws IOException {
    long[] sum = new long[AccessesProgram.COUNTERS.size()];
    try (StateFolder state = new StateFolder(STATE);
        SideProcess side =
            new SideProcess(
                System.getProperty("java.class.path"),
                AccessesProgram.class,
                arguments(measured, state),
                WorkComparison.LOGS.resolve(name() + ".log"))) {
      for (int i = 0; i < rounds; i++) {
        long[] counted = side.ask(Long.toString(many));
        Arrays.setAll(sum, each -> sum[each] + counted[each]);
      }
    }
    return sum;
  }

  private List<String> arguments(Case measured, StateFolder state) {
    List<String> arguments = new ArrayList<>();
    arguments.add(measured.work.name());
    arguments.add("--runner=NativeRunner");
    arguments.add("--parallelism=" + parallelism);
    arguments.addAll(measured.flags(state, Math.min(1, elements / USUAL_ELEMENTS)));
    return arguments;
  }

  private static String row(String text, long many, int rounds, long[] sum) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-47s %10d", text, many));
    for (int i = 0; i < sum.length; i++) {
      int width = AccessesProgram.COUNTERS.get(i).length() - "rocksdb.".length();
      row.append(
          String.format(Locale.ROOT, " %" + width + ".4f", sum[i] / ((double) many * rounds)));
    }
    return row.toString();
  }
}
