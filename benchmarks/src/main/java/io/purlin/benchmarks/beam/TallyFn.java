package io.purlin.benchmarks.beam;

import io.purlin.benchmarks.side.Tally;
import org.apache.beam.sdk.transforms.DoFn;

/** The end of a pipeline: what it takes counts at the end of each bundle. */
abstract class TallyFn<T> extends DoFn<T, Void> {
  private static final long serialVersionUID = 1L;

  private transient long results;
  private transient long hash;

  /** Takes a result. */
  final void take(long hashOfResult) {
    results++;
    hash += hashOfResult;
  }

  /** Passes on what it has taken. */
  @FinishBundle
  public void finish() {
    if (results > 0) {
      Tally.results(results, hash);
      results = 0;
      hash = 0;
    }
  }
}
