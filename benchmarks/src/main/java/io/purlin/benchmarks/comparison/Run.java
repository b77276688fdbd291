package io.purlin.benchmarks.comparison;

import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.Comparison.Better;
import io.purlin.benchmarks.ready.Work;
import java.util.List;

/**
 * What a run of a side came to.
 *
 * @param nanos from the first element to the last result
 * @param cpuNanos of all processors
 * @param results how many
 * @param hash over all of them
 */
record Run(long nanos, long cpuNanos, long results, long hash) {
  private static final double NANOS = 1e9;
  private static final double MILLION = 1e6;

  static Run of(long... figures) {
    return new Run(figures[0], figures[1], figures[2], figures[3]);
  }

  /**
   * What runs are to do.
   *
   * @param name of the comparison
   * @param work what is done
   * @param elements of each run
   * @param least the ratio of throughput that is asked for; 0: none is
   */
  record Asked(String name, Work work, long elements, double least) {}

  /**
   * Compares runs by what they get through in a second, and by what a million elements cost.
   *
   * @param peer what it is
   */
  static List<Comparison> compare(Asked asked, String peer, List<Run> ours, List<Run> theirs) {
    String name = asked.name;
    long elements = asked.elements;
    String unit = asked.work.unit();
    String description = peer + ", " + elements + " " + unit;
    return List.of(
        Comparison.of(
                name,
                unit + "/s",
                Better.MORE,
                ours.stream().map(run -> run.rate(elements)).toList(),
                description,
                theirs.stream().map(run -> run.rate(elements)).toList())
            .asking(asked.least),
        Comparison.of(
            name + "-cpu",
            "s/million",
            Better.LESS,
            ours.stream().map(run -> run.cost(elements)).toList(),
            description,
            theirs.stream().map(run -> run.cost(elements)).toList()));
  }

  private double rate(long elements) {
    return elements / (nanos / NANOS);
  }

  private double cost(long elements) {
    return cpuNanos / NANOS / (elements / MILLION);
  }

  /**
   * Compares results with those of another.
   *
   * @throws IllegalStateException when they are not the same; there is no figure then
   */
  void check(String name, Work work, Run other) {
    boolean same =
        switch (work) {
          // Windows of processing time close when they close.
          case Q12 -> true;
          // Of a seller's winners, which come first depends on the order of parallel tasks.
          case Q06 -> results == other.results;
          default -> results == other.results && hash == other.hash;
        };
    if (!same) {
      throw new IllegalStateException(
          name + ": we had " + outcome() + ", the peer " + other.outcome());
    }
  }

  private String outcome() {
    return results + " results with hash " + hash;
  }
}
