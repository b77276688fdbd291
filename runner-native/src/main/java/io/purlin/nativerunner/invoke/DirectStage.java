package io.purlin.nativerunner.invoke;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Collection;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.values.OutputBuilder;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Calls a user's method directly, and is the receiver of its main output. A pattern only: each
 * position of a chain has a hidden class of its own made from it, with its own method and its own
 * call site for what comes next, so that the compiler sees one target at each and inlines a chain.
 *
 * <p>Nothing is stored per element. Owned by the task's thread; lives as long as the DoFn.
 */
final class DirectStage implements Stage, OutputReceiver<Object> {
  /** Type (Object, OutputReceiver)void: what is done with an element. */
  private static final MethodHandle PROCESS = process();

  private final CurrentElement current;
  private final int step;
  private final OutputReceiver<Object> withMetadata;
  private Receiver next = Receiver.NOBODY;

  DirectStage(CurrentElement current, int step, OutputReceiver<Object> withMetadata) {
    this.current = current;
    this.step = step;
    this.withMetadata = withMetadata;
  }

  private static MethodHandle process() {
    try {
      return MethodHandles.classData(
          MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, MethodHandle.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void wire(Receiver main) {
    next = main;
  }

  @Override
  public void receive(@Nullable Object value) {
    current.step(step);
    try {
      PROCESS.invokeExact(value, (OutputReceiver<?>) this);
    } catch (Throwable t) {
      throw UserCodeException.wrap(t);
    }
  }

  @Override
  public void output(@Nullable Object value) {
    next.receive(value);
    current.step(step);
  }

  @Override
  public OutputBuilder<Object> builder(Object value) {
    return withMetadata.builder(value);
  }

  @Override
  public void outputWithTimestamp(@Nullable Object value, Instant timestamp) {
    withMetadata.outputWithTimestamp(value, timestamp);
  }

  @Override
  public void outputWindowedValue(
      @Nullable Object value,
      Instant timestamp,
      Collection<? extends BoundedWindow> windows,
      PaneInfo pane) {
    withMetadata.outputWindowedValue(value, timestamp, windows, pane);
  }
}
