package io.purlin.benchmarks.loop;

import io.purlin.benchmarks.ready.Click;
import io.purlin.benchmarks.ready.ReadyInput;
import io.purlin.benchmarks.ready.Results;
import io.purlin.benchmarks.side.Tally;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.values.KV;

/** The group of the user of each click, out of a map that is made first. */
final class LookUp implements Runnable {
  private final ReadyInput<Click> clicks;
  private final ReadyInput<KV<Long, Long>> groups;

  LookUp(ReadyInput<Click> clicks, ReadyInput<KV<Long, Long>> groups) {
    this.clicks = clicks;
    this.groups = groups;
  }

  @Override
  public void run() {
    Map<Long, Long> groupOf = new HashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      KV<Long, Long> each = groups.element(i);
      groupOf.put(each.getKey(), each.getValue());
    }
    long hash = 0;
    for (int i = 0; i < clicks.size(); i++) {
      Click click = clicks.element(i);
      hash += Results.hash(click, Objects.requireNonNull(groupOf.get(click.user())));
    }
    Tally.results(clicks.size(), hash);
  }
}
