package io.purlin.benchmarks.beam;

import io.purlin.benchmarks.ready.Results;
import org.apache.beam.sdk.nexmark.model.KnownSize;

/** Takes results of a Nexmark query. */
final class TallyResults extends TallyFn<KnownSize> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(@Element KnownSize result) {
    take(Results.hash(result));
  }
}
