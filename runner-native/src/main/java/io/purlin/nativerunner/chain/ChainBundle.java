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
 */
final class ChainBundle implements Bundle {
  private final List<Position> positions;
  private final List<DoFn.BundleFinalizer.Callback> callbacks = new ArrayList<>();
  private boolean open;

  /**
   * @param positions the chain's positions in topological order; may still grow until it opens
   */
  ChainBundle(List<Position> positions) {
    this.positions = positions;
  }

  @Override
  public void begin() {
    if (open) {
      return;
    }
    open = true;
    for (int i = 0; i < positions.size(); i++) {
      operator(i).startBundle();
    }
  }

  boolean isOpen() {
    return open;
  }

  @Override
  public DoFn.BundleFinalizer finalizer() {
    return (expiry, callback) -> callbacks.add(callback);
  }

  /** Ends the bundle on every operator, upstream first, then runs what waited for its end. */
  void finish() {
    for (int i = 0; i < positions.size(); i++) {
      operator(i).finishBundle();
    }
    open = false;
    if (!callbacks.isEmpty()) {
      List<DoFn.BundleFinalizer.Callback> due = List.copyOf(callbacks);
      callbacks.clear();
      for (DoFn.BundleFinalizer.Callback callback : due) {
        run(callback);
      }
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
