package io.purlin.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a benchmark found: ours and a peer's figure, measured in turn in one run.
 *
 * @param name what was measured
 * @param unit of both figures, such as {@code events/s} or {@code ns/DoFn}
 * @param ours median of our figures
 * @param peer median of the peer's figures
 * @param peerVersion the peer and its version
 * @param ratio how many times better ours is: median of the ratios of the rounds
 * @param low the smallest ratio of a round
 * @param high the largest
 * @param rounds how often both were measured
 * @param least the ratio that is asked for; 0: none is
 */
public record Comparison(
    String name,
    String unit,
    double ours,
    double peer,
    String peerVersion,
    double ratio,
    double low,
    double high,
    int rounds,
    double least) {

  /** Which figures are good ones. */
  public enum Better {
    /** Throughput. */
    MORE,
    /** Time, memory. */
    LESS
  }

  /**
   * Compares figures that were measured in pairs.
   *
   * @param ours our figure of each round, all above zero
   * @param peer the peer's figure of the same round
   */
  public static Comparison of(
      String name,
      String unit,
      Better better,
      List<Double> ours,
      String peerVersion,
      List<Double> peer) {
    if (ours.isEmpty() || ours.size() != peer.size()) {
      throw new IllegalArgumentException(
          name + " has " + ours.size() + " figures of ours and " + peer.size() + " of the peer's");
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      double quotient = ours.get(i) / peer.get(i);
      ratios.add(better == Better.MORE ? quotient : 1 / quotient);
    }
    return new Comparison(
        name,
        unit,
        median(ours),
        median(peer),
        peerVersion,
        median(ratios),
        ratios.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
        ratios.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
        ratios.size(),
        0);
  }

  /**
   * Compares figures, of which less is better, with what they may be at most. The bar stands where
   * the peer does; half of the rounds must be below it.
   *
   * @param ours our figure of each round, all above zero
   * @param bar the most that is allowed, above zero
   * @param what the bar is of
   */
  public static Comparison withBar(
      String name, String unit, List<Double> ours, double bar, String what) {
    Comparison found =
        of(
            name,
            unit,
            Better.LESS,
            ours,
            "the bar, " + what,
            Collections.nCopies(ours.size(), bar));
    return new Comparison(
        name,
        unit,
        found.ours,
        bar,
        found.peerVersion,
        // The median of the ratios could lie on the other side for an even number of rounds.
        bar / found.ours,
        found.low,
        found.high,
        found.rounds,
        1);
  }

  /**
   * The same, of which something is asked.
   *
   * @param ratio the least that the median of the ratios may be; 0: anything
   */
  public Comparison asking(double ratio) {
    return new Comparison(
        name, unit, ours, peer, peerVersion, this.ratio, low, high, rounds, ratio);
  }

  /** Whether something was asked for and is not so. */
  public boolean missed() {
    return !(ratio >= least);
  }

  private static double median(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
