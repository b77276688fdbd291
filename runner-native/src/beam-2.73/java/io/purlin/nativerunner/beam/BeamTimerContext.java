package io.purlin.nativerunner.beam;

import io.purlin.nativerunner.element.Marks;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.CausedByDrain;

/** Beam's context with what differs between versions. */
public abstract class BeamTimerContext extends DoFn<Object, Object>.OnTimerContext {
  /** The context of a DoFn. */
  protected BeamTimerContext(DoFn<Object, Object> fn) {
    fn.super();
  }

  /** The marks of the current element. */
  protected abstract Marks marks();

  @Override
  public final CausedByDrain causedByDrain() {
    return BeamMarks.caused(marks());
  }
}
