package io.purlin.benchmarks;

import java.util.List;

/** A comparison with a peer that {@code ./dev bench} can run. */
public interface Benchmark {
  /** What it is called; patterns select by it. */
  String name();

  /**
   * Measures ours and the peer in turn.
   *
   * @param rounds how often, from 1
   * @return what was found, the main thing first; empty when there is no peer, and what was found
   *     is printed
   * @throws Exception when one of them fails or gives a wrong result; there is no figure then
   */
  List<Comparison> run(int rounds) throws Exception;
}
