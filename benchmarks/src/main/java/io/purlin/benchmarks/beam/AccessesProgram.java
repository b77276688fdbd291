package io.purlin.benchmarks.beam;

import io.purlin.benchmarks.ready.InputSpec;
import io.purlin.benchmarks.ready.Work;
import io.purlin.benchmarks.side.Side;
import io.purlin.nativerunner.EngineCounters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A work on the native runner: {@code AccessesProgram <work> <options of the runner>}. For each
 * line {@code <elements>} on standard input it runs once and answers with how often that has
 * touched RocksDB, in the order of {@link #COUNTERS}.
 */
public final class AccessesProgram {
  /** The counters that it answers with, by the names that the runner has for them. */
  public static final List<String> COUNTERS =
      List.of(
          "rocksdb.number.keys.read",
          "rocksdb.number.keys.found",
          "rocksdb.number.db.seek",
          "rocksdb.number.db.next",
          "rocksdb.number.keys.written",
          "rocksdb.write.self",
          "rocksdb.num.range-deletions");

  private AccessesProgram() {}

  /** Ends when its input ends. */
  public static void main(String[] args) {
    Work work = Work.valueOf(args[0]);
    String[] flags = Arrays.copyOfRange(args, 1, args.length);
    Side.serve(
        request -> {
          InputSpec input = new InputSpec(work.input(), Integer.parseInt(request));
          Map<String, Long> counted =
              ((EngineCounters) BeamProgram.run(work, input, flags)).counters();
          return COUNTERS.stream().mapToLong(counted::get).toArray();
        });
  }
}
