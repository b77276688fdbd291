package io.purlin.nativerunner.operator;

import org.apache.beam.sdk.transforms.DoFn;

/** The bundle that the chain's operators share. Used by the task's thread alone. */
public interface Bundle {
  /** Starts the bundle on every operator of the chain unless one is open. Cheap when it is. */
  void begin();

  /** Whether bundles are durable only with a checkpoint. */
  boolean isCheckpointed();

  /** Takes callbacks to be run once the open bundle's results are durable. */
  DoFn.BundleFinalizer finalizer();
}
