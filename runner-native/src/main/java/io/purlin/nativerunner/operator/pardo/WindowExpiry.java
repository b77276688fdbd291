package io.purlin.nativerunner.operator.pardo;

import io.purlin.nativerunner.invoke.DoFnSpec;
import io.purlin.nativerunner.keyed.KeyedScope;
import org.apache.beam.runners.core.LateDataUtils;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.StateNamespaces;
import org.apache.beam.runners.core.StateTag;
import org.apache.beam.runners.core.StateTags;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The end of a window's state: at the window's end + allowed lateness + 1 ms, when every timer of
 * the window has fired.
 *
 * <p>A timer per key and window is set when the first element comes, and remembered by a state
 * cell, so that later elements cost a look-up. It holds the output watermark at the window's end
 * only when user code may still emit there. Owned by the task's thread.
 */
final class WindowExpiry {
  private static final String TIMER = "__expiry";
  private static final StateTag<ValueState<Boolean>> EXPECTED =
      StateTags.makeSystemTagInternal(StateTags.value("expected", BooleanCoder.of()));

  private final KeyedScope scope;
  private final Coder<BoundedWindow> windowCoder;
  private final Duration allowedLateness;
  private final boolean emits;
  private @Nullable BoundedWindow lastWindow;
  private @Nullable Object lastKey;
  private long lastExpiryMillis;
  private boolean lastIsExpected;

  WindowExpiry(DoFnSpec spec, KeyedScope scope) {
    this.scope = scope;
    scope.declare(EXPECTED);
    this.windowCoder = spec.windowCoder();
    this.allowedLateness = spec.windowing().getAllowedLateness();
    this.emits = spec.signature().onWindowExpiration() != null;
  }

  /** Whether elements of a window come too late. */
  boolean isExpired(BoundedWindow window) {
    look(window);
    return lastExpiryMillis < scope.inputWatermark();
  }

  /** Sees to it that the current key's state of a window will be dropped. */
  @SuppressWarnings("ReferenceEquality") // a cache of the last: equal keys may be made anew
  void expect(BoundedWindow window) {
    look(window);
    Object key = scope.currentKey();
    if (lastIsExpected && lastKey == key) {
      return;
    }
    lastKey = key;
    lastIsExpected = true;
    if (!emits && window instanceof GlobalWindow) {
      return; // nothing to be told at its end, when the operator ends too
    }
    StateNamespace namespace = namespace(window);
    ValueState<Boolean> expected = scope.stateInternals().state(namespace, EXPECTED);
    if (expected.read() == null) {
      expected.write(true);
      Instant time = Instant.ofEpochMilli(lastExpiryMillis + 1);
      Instant hold = emits ? window.maxTimestamp() : time;
      scope.timerInternals().setTimer(namespace, TIMER, "", time, hold, TimeDomain.EVENT_TIME);
    }
  }

  /** Whether a timer is the one that {@link #expect} sets. */
  boolean is(TimerData timer) {
    return timer.getTimerId().equals(TIMER);
  }

  /** Drops state and timers of the current key in a window. */
  void clear(BoundedWindow window) {
    scope.clear(namespace(window));
    lastIsExpected = false;
  }

  @SuppressWarnings("ReferenceEquality") // a cache of the last: equal windows may be made anew
  private void look(BoundedWindow window) {
    if (window != lastWindow) {
      lastWindow = window;
      lastIsExpected = false;
      lastExpiryMillis = LateDataUtils.garbageCollectionTime(window, allowedLateness).getMillis();
    }
  }

  private StateNamespace namespace(BoundedWindow window) {
    return StateNamespaces.window(windowCoder, window);
  }
}
