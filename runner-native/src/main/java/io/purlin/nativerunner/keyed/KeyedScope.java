package io.purlin.nativerunner.keyed;

import io.purlin.nativerunner.time.Clock;
import io.purlin.nativerunner.time.WatermarkHolds;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import io.purlin.state.Snapshottable;
import java.io.IOException;
import java.util.Collection;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.StateTag;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.jspecify.annotations.Nullable;

/**
 * Keyed state and timers of one operator in one task.
 *
 * <p>{@link #stateInternals} and {@link #timerInternals} are one object each for all keys and act
 * on the current key. A state that they return belongs to the key that was current then; it is to
 * be used until the next {@link #setKey}, not kept.
 *
 * <p>Timers are due once time has passed them: an event-time timer when it is before the input
 * watermark, a processing-time timer when it is before now, as in Beam's own runners.
 *
 * <p>Owned by the task's thread; lives as long as the operator.
 */
public final class KeyedScope implements Snapshottable {
  private final CurrentKey current;
  private final WatermarkHolds holds = new WatermarkHolds();
  private final KeyedStates states;
  private final KeyedTimers timers;

  /** What is done with a timer that is due. */
  public interface TimerHandler {
    /**
     * A timer is due; it is no longer set. The scope's current key is the timer's.
     *
     * @param key the key that set it
     * @param timer what was set
     */
    void onTimer(@Nullable Object key, TimerData timer);
  }

  /**
   * @param spec what the state is
   * @param clock processing time
   */
  public KeyedScope(KeyedScopeSpec spec, Clock clock) {
    current = new CurrentKey(spec.keyCoder());
    states = new KeyedStates(spec, current, holds);
    timers = new KeyedTimers(spec, current, holds, clock);
  }

  /** Names a state of the runner's own that may be asked for. */
  public void declare(StateTag<?> address) {
    states.declare(address);
  }

  /**
   * Names all states that user code may ask for. What is stored of any other is then not restored.
   */
  public void declareUserStates(Collection<? extends StateTag<?>> userStates) {
    states.declareAll(userStates);
  }

  @Override
  public void snapshot(SnapshotSink sink) throws IOException {
    states.snapshot(sink);
    timers.snapshot(sink);
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    return states.restore(source) || timers.restore(source);
  }

  @Override
  public void restored() {
    states.restored();
    timers.restored();
  }

  /** Makes {@code key} the current one. Cheap when it was the current one already. */
  public void setKey(@Nullable Object key) {
    states.release();
    current.set(key);
  }

  /** The key that was set last. */
  public @Nullable Object currentKey() {
    return current.key();
  }

  /** State of the current key. */
  public StateInternals stateInternals() {
    return states;
  }

  /** Timers of the current key. */
  public TimerInternals timerInternals() {
    return timers;
  }

  /**
   * Clears all state, and deletes all timers, that the current key has in a namespace. For the end
   * of a window.
   */
  public void clear(StateNamespace namespace) {
    states.clear(namespace);
    timers.clear(namespace);
  }

  /** Sets the input watermark, in event-time milliseconds. */
  public void inputWatermark(long millis) {
    timers.inputWatermark(millis);
  }

  /** The input watermark that was set last. */
  public long inputWatermark() {
    return timers.inputWatermark();
  }

  /** Sets the output watermark, in event-time milliseconds. */
  public void outputWatermark(long millis) {
    timers.outputWatermark(millis);
  }

  /** The output watermark that was set last. */
  public long outputWatermark() {
    return timers.outputWatermark();
  }

  /**
   * The earliest hold on the output watermark, of state and of timers' output timestamps; {@code
   * Long.MAX_VALUE} if there is none.
   */
  public long holdMillis() {
    return holds.minMillis();
  }

  /** Whether {@link #fireEventTimers} would fire any. */
  public boolean hasDueEventTimers() {
    return timers.nextEvent() != null;
  }

  /** Whether {@link #fireProcessingTimers} would fire any. */
  public boolean hasDueProcessingTimers(long nowMillis) {
    return timers.nextProcessing(nowMillis) != null;
  }

  /** When a processing-time timer will be due; {@code Long.MAX_VALUE} if none is set. */
  public long nextProcessingTimeMillis() {
    return timers.nextProcessingTimeMillis();
  }

  /**
   * Fires every event-time timer that is due, in the order of time, with those that are set
   * meanwhile.
   *
   * @return whether there was any
   */
  public boolean fireEventTimers(TimerHandler handler) {
    boolean any = false;
    for (KeyedTimer due = timers.nextEvent(); due != null; due = timers.nextEvent()) {
      fire(due, handler);
      any = true;
    }
    return any;
  }

  /**
   * Fires every timer of processing time, synchronized or not, that is due, in the order of time,
   * with those that are set meanwhile.
   *
   * @return whether there was any
   */
  public boolean fireProcessingTimers(long nowMillis, TimerHandler handler) {
    return fireProcessingTimers(nowMillis, handler, () -> {});
  }

  /**
   * As {@link #fireProcessingTimers(long, TimerHandler)}, for a handler that puts timers aside.
   *
   * @param putAside runs them then, still at the time of the firing
   */
  public boolean fireProcessingTimers(long nowMillis, TimerHandler handler, Runnable putAside) {
    boolean any = false;
    timers.firingBegins(nowMillis);
    for (KeyedTimer due = timers.nextProcessing(nowMillis);
        due != null;
        due = timers.nextProcessing(nowMillis)) {
      fire(due, handler);
      any = true;
    }
    putAside.run();
    timers.firingEnds();
    return any;
  }

  private void fire(KeyedTimer due, TimerHandler handler) {
    Object key = due.key();
    TimerData data = due.data();
    timers.delete(due);
    setKey(key);
    handler.onTimer(key, data);
  }
}
