package io.purlin.conformance.differential.recipe;

import java.util.List;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** Where a side input comes from. */
public interface Origin {
  /** Its elements, in the global window, as they come. */
  PCollection<KV<String, Integer>> of(Flow flow);

  /** The same with a little less of it, in every way. */
  default List<? extends Origin> smaller() {
    return List.of();
  }

  /** A part of the pipeline's input. */
  enum Part implements Origin {
    /** All that the first step takes. */
    SOURCE {
      @Override
      public PCollection<KV<String, Integer>> of(Flow flow) {
        return flow.source();
      }
    },
    /** What comes by {@link Moment.Update}. */
    UPDATES {
      @Override
      public PCollection<KV<String, Integer>> of(Flow flow) {
        return Moment.Update.updates(flow.whole(), flow.name("updates"));
      }
    }
  }
}
