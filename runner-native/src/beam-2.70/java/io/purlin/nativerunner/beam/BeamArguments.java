package io.purlin.nativerunner.beam;

import io.purlin.nativerunner.element.Marks;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;

/** The arguments of a DoFn's methods with what differs between versions. */
public abstract class BeamArguments extends DoFnInvoker.BaseArgumentProvider<Object, Object> {
  /** The marks of the current element. No method has them as an argument in these versions. */
  protected abstract Marks marks();
}
