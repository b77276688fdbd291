package io.purlin.nativerunner.beam;

import io.purlin.nativerunner.element.Marks;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;

/** Beam's context with what differs between versions. */
public abstract class BeamTimerContext extends DoFn<Object, Object>.OnTimerContext {
  /** The context of a DoFn. */
  protected BeamTimerContext(DoFn<Object, Object> fn) {
    fn.super();
  }

  /** The marks of the current element. Nobody can ask for them all in these versions. */
  protected abstract Marks marks();

  /** Emits a value with metadata of its own. Later versions have it. */
  public abstract void outputWindowedValue(WindowedValue<Object> value);

  /** Emits a value with metadata of its own to an output. Later versions have it. */
  public abstract <T> void outputWindowedValue(TupleTag<T> tag, WindowedValue<T> value);
}
