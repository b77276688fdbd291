package io.purlin.nativerunner.window;

import io.purlin.nativerunner.keyed.KeyedScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.coders.Coder;
import org.jspecify.annotations.Nullable;

/**
 * Timers that are due, by key, keys in the order of their first timer.
 *
 * <p>Trigger semantics want all due timers of a key at once: when the watermark passes a window's
 * end and its expiry in one step, the window gets one final pane, not two. Owned by the task's
 * thread; empty between firings.
 */
final class DueTimers implements KeyedScope.TimerHandler {
  private final Coder<Object> keyCoder;
  private Map<@Nullable Object, OfKey> byKey = new LinkedHashMap<>();

  /** The due timers of one key. */
  record OfKey(@Nullable Object key, List<TimerData> timers) {}

  DueTimers(Coder<Object> keyCoder) {
    this.keyCoder = keyCoder;
  }

  @Override
  @SuppressWarnings("NullAway") // Beam declares no null here, yet keys may be null
  public void onTimer(@Nullable Object key, TimerData timer) {
    Object structural = key == null ? null : keyCoder.structuralValue(key);
    OfKey ofKey = byKey.get(structural);
    if (ofKey == null) {
      ofKey = new OfKey(key, new ArrayList<>(2));
      byKey.put(structural, ofKey);
    }
    ofKey.timers().add(timer);
  }

  /** Takes everything out. */
  List<OfKey> take() {
    if (byKey.isEmpty()) {
      return List.of();
    }
    List<OfKey> taken = new ArrayList<>(byKey.values());
    byKey = new LinkedHashMap<>();
    return taken;
  }
}
