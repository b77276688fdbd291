package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.operator.Bundle;
import io.purlin.nativerunner.operator.Operator;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.util.UserCodeException;

/**
 * The bundle that all operators of a chain share: started with the first element or timer, ended by
 * the task. Owned by the task's thread.
 *
 * <p>What waits for a bundle to be final runs at its end, or in a job with checkpoints when the
 * checkpoint that holds the bundle is committed.
 */
final class ChainBundle implements Bundle {
  private final List<Position> positions;
  private final AwaitedTimes awaited;
  private final boolean checkpointed;
  private final List<DoFn.BundleFinalizer.Callback> callbacks = new ArrayList<>();
  private final List<DoFn.BundleFinalizer.Callback> beforeBarrier = new ArrayList<>();
  private boolean open;

  /**
   * @param positions the chain's positions in topological order; may still grow until it opens
   * @param awaited told when the bundle begins
   * @param checkpointed whether bundles are final only with a checkpoint
   */
  ChainBundle(List<Position> positions, AwaitedTimes awaited, boolean checkpointed) {
    this.positions = positions;
    this.awaited = awaited;
    this.checkpointed = checkpointed;
  }

  @Override
  public void begin() {
    if (open) {
      return;
    }
    open = true;
    awaited.remember();
    for (int i = 0; i < positions.size(); i++) {
      operator(i).startBundle();
    }
  }

  boolean isOpen() {
    return open;
  }

  @Override
  public boolean isCheckpointed() {
    return checkpointed;
  }

  @Override
  public DoFn.BundleFinalizer finalizer() {
    return (expiry, callback) -> callbacks.add(callback);
  }

  /** Ends the bundle on every operator, upstream first, then runs what waited for its end. */
  void finish() {
    for (int i = 0; i < positions.size(); i++) {
      positions.get(i).takeIn();
      operator(i).finishBundle();
    }
    open = false;
    if (!checkpointed) {
      runAll(callbacks);
    }
  }

  /** The bundles that have ended belong to the checkpoint that is being taken. */
  void passBarrier() {
    beforeBarrier.addAll(callbacks);
    callbacks.clear();
  }

  /** The bundles before the last barrier are final. */
  void checkpointCommitted() {
    runAll(beforeBarrier);
  }

  private static void runAll(List<DoFn.BundleFinalizer.Callback> callbacks) {
    if (!callbacks.isEmpty()) {
      List<DoFn.BundleFinalizer.Callback> due = List.copyOf(callbacks);
      callbacks.clear();
      due.forEach(ChainBundle::run);
    }
  }

  private static void run(DoFn.BundleFinalizer.Callback callback) {
    try {
      callback.onBundleSuccess();
    } catch (Exception e) {
      throw UserCodeException.wrap(e);
    }
  }

  private Operator operator(int position) {
    return positions.get(position).operator();
  }
}
