package io.purlin.benchmarks;

/** A comparison with a peer that {@code ./dev bench} can run. */
public interface Benchmark {
  /** What it is called; patterns select by it. */
  String name();

  /**
   * Measures ours and the peer in turn.
   *
   * @param rounds how often, from 1
   * @throws Exception when one of them fails or gives a wrong result; there is no figure then
   */
  Comparison run(int rounds) throws Exception;
}
