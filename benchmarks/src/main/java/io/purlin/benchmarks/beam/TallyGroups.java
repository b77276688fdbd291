package io.purlin.benchmarks.beam;

import io.purlin.benchmarks.ready.Click;
import io.purlin.benchmarks.ready.Results;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.values.PCollectionView;

/** Looks up the group of the user of each click. */
final class TallyGroups extends TallyFn<Click> {
  private static final long serialVersionUID = 1L;

  private final PCollectionView<Map<Long, Long>> groups;

  TallyGroups(PCollectionView<Map<Long, Long>> groups) {
    this.groups = groups;
  }

  @ProcessElement
  public void process(ProcessContext context) {
    Click click = context.element();
    long group = Objects.requireNonNull(context.sideInput(groups).get(click.user()));
    take(Results.hash(click, group));
  }
}
