package io.purlin.nativerunner.keyed;

import io.purlin.state.StateMemory;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * What an operator's keyed state is.
 *
 * @param stepName full name of the Beam transform, stable over restarts
 * @param keyCoder by whose encoding keys are equal
 * @param windowCoder of the operator's windows
 * @param maxParallelism number of key groups of the job
 * @param windowing the windowing as text, by which stored state is refused when it has changed
 * @param memory how much of it may be on the heap
 */
public record KeyedScopeSpec(
    String stepName,
    Coder<?> keyCoder,
    Coder<? extends BoundedWindow> windowCoder,
    int maxParallelism,
    String windowing,
    StateMemory memory) {

  /** State on the heap that survives no change of the windowing's coder, and any other. */
  public KeyedScopeSpec(
      String stepName,
      Coder<?> keyCoder,
      Coder<? extends BoundedWindow> windowCoder,
      int maxParallelism) {
    this(stepName, keyCoder, windowCoder, maxParallelism, "any", StateMemory.unlimited());
  }
}
