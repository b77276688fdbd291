package io.purlin.nativerunner.window;

import io.purlin.nativerunner.keyed.KeyedScope;
import io.purlin.nativerunner.window.pane.PaneEmitter;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.util.WindowedValueReceiver;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Between Beam's windowed values, which ReduceFnRunner takes and gives, and the current element.
 *
 * <p>A runner that serves all keys knows none: the key of what it gives is the scope's current one.
 * Owned by the task's thread.
 */
final class WindowedValueBridge implements WindowedValueReceiver<KV<Object, Object>> {
  private final KeyedScope scope;
  private final PaneEmitter emitter;

  WindowedValueBridge(KeyedScope scope, PaneEmitter emitter) {
    this.scope = scope;
    this.emitter = emitter;
  }

  /** The element as ReduceFnRunner takes it. */
  @SuppressWarnings("NullAway") // Beam declares no null here, yet elements may be null
  static WindowedValue<Object> windowed(
      @Nullable Object value, long timestampMillis, BoundedWindow window) {
    return WindowedValues.of(
        value, Instant.ofEpochMilli(timestampMillis), window, PaneInfo.NO_FIRING);
  }

  @Override
  public void output(WindowedValue<KV<Object, Object>> output) {
    emitter.emit(
        scope.currentKey(),
        output.getValue().getValue(),
        output.getTimestamp().getMillis(),
        output.getWindows(),
        output.getPaneInfo());
  }
}
