package io.purlin.nativerunner.beam;

import io.purlin.nativerunner.element.Marks;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.values.CausedByDrain;

/** The arguments of a DoFn's methods with what differs between versions. */
public abstract class BeamArguments extends DoFnInvoker.BaseArgumentProvider<Object, Object> {
  /** The marks of the current element. */
  protected abstract Marks marks();

  @Override
  public final CausedByDrain causedByDrain(DoFn<Object, Object> fn) {
    return BeamMarks.caused(marks());
  }
}
