package io.purlin.nativerunner.job;

import io.purlin.nativerunner.exchange.Partitioner;
import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.state.keys.KeyGroups;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Makes the partitioner of an exchange from how the plan says it is partitioned. */
final class Partitioners {
  private Partitioners() {}

  /**
   * @param partitioning what the plan says
   * @param channels how many channels the sending task has; one for a forward or single exchange
   * @param sender index of the sending task
   * @param maxParallelism number of key groups
   */
  static Partitioner of(Partitioning partitioning, int channels, int sender, int maxParallelism) {
    if (partitioning instanceof Partitioning.Keyed keyed && channels > 1) {
      KeyGroups groups = new KeyGroups(keyed.keyCoder(), maxParallelism);
      return value -> groups.taskOf(key(value), channels);
    }
    return partitioning instanceof Partitioning.Rebalance
        ? Partitioner.inTurn(channels, sender)
        : Partitioner.to(0);
  }

  private static @Nullable Object key(@Nullable Object value) {
    if (value instanceof KV<?, ?> pair) {
      return pair.getKey();
    }
    throw new IllegalStateException("a keyed exchange was given " + value);
  }
}
