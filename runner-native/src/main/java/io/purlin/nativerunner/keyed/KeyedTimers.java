package io.purlin.nativerunner.keyed;

import io.purlin.nativerunner.time.Clock;
import io.purlin.nativerunner.time.StoredWatermarks;
import io.purlin.nativerunner.time.TimerQueue;
import io.purlin.nativerunner.time.WatermarkHolds;
import io.purlin.state.LiveTable;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import io.purlin.state.TableSpec;
import io.purlin.state.WindowCells;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Timers of all keys of one operator.
 *
 * <p>A timer is known by key, namespace, family and id; setting it again replaces it. The table
 * finds a timer, the queues order them; a timer is in both or in neither.
 *
 * <p>Synchronized processing time is what all tasks before this one have reached. They share one
 * clock, so that they have reached what it says as soon as it says so, but for what is on its way
 * ({@link Clock#upstreamLagMillis}), while processing time itself must have passed a timer's time.
 * While timers fire by the clock it is a millisecond further, since what asks whether a timer's
 * time has passed must be told so; between, it stands still at the last firing. A trigger takes the
 * time of a pane from the clock when an element comes and asks at once whether synchronized time
 * has passed it: if that moved meanwhile, the element itself would fire the pane.
 *
 * <p>Holds: an event-time timer holds the output watermark at its output timestamp, if that is
 * earlier than its time, which the watermark cannot pass before it has fired. A processing-time
 * timer does so only when it was set by user code, that is by giving all six arguments: what
 * triggers set has no output timestamp of its own. Owned by the task's thread.
 */
final class KeyedTimers implements TimerInternals {
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  private final LiveTable<StateNamespace, TimerCell> table;
  private final TimerQueue<KeyedTimer> eventTime = new TimerQueue<>();
  private final TimerQueue<KeyedTimer> processingTime = new TimerQueue<>();
  private final TimerQueue<KeyedTimer> synchronizedTime = new TimerQueue<>();
  private final CurrentKey current;
  private final WatermarkHolds holds;
  private final Clock clock;
  private final StoredWatermarks watermarks;
  private final List<TimerCell.Restored> restored = new ArrayList<>();
  private Instant inputWatermark = BoundedWindow.TIMESTAMP_MIN_VALUE;
  private Instant outputWatermark = BoundedWindow.TIMESTAMP_MIN_VALUE;
  private Instant now = Instant.ofEpochMilli(0);
  private Instant reached;

  KeyedTimers(KeyedScopeSpec spec, CurrentKey current, WatermarkHolds holds, Clock clock) {
    this.table =
        new LiveTable<>(
            new TableSpec<>(
                spec.stepName() + "/timers",
                spec.keyCoder(),
                new NamespaceCoder(spec.windowCoder()),
                spec.maxParallelism(),
                TimerCell.type(spec.windowing(), restored::add)));
    this.watermarks = new StoredWatermarks(spec.stepName());
    this.current = current;
    this.holds = holds;
    this.clock = clock;
    this.reached = Instant.ofEpochMilli(reachedAt(clock.millis()));
  }

  @Override
  public void setTimer(
      StateNamespace namespace,
      String timerId,
      String timerFamilyId,
      Instant target,
      Instant outputTimestamp,
      TimeDomain timeDomain) {
    KeyedTimer timer = findOrAdd(namespace, timerFamilyId, timerId, timeDomain);
    long output = outputTimestamp.getMillis();
    set(timer, target.getMillis(), output, timeDomain != TimeDomain.EVENT_TIME);
  }

  @Override
  @Deprecated
  public void setTimer(TimerData data) {
    KeyedTimer timer =
        findOrAdd(
            data.getNamespace(), data.getTimerFamilyId(), data.getTimerId(), data.getDomain());
    set(timer, data.getTimestamp().getMillis(), data.getOutputTimestamp().getMillis(), false);
  }

  private KeyedTimer findOrAdd(
      StateNamespace namespace, String family, String id, TimeDomain domain) {
    TimerCell cell = table.window(namespace).cellAt(current.tableKey(), current.hash());
    KeyedTimer timer = cell.find(family, id);
    if (timer == null) {
      timer = new KeyedTimer(cell, family, id, domain);
      cell.add(timer);
    } else if (timer.domain() != domain) {
      throw new IllegalArgumentException(
          "timer " + id + " is set for " + timer.domain() + ", it cannot be set for " + domain);
    }
    return timer;
  }

  private void set(KeyedTimer timer, long millis, long outputMillis, boolean holdsAlways) {
    boolean matters =
        holdsAlways || (timer.domain() == TimeDomain.EVENT_TIME && outputMillis < millis);
    // "No output timestamp" is one after the end of time.
    long hold = matters && outputMillis <= END ? outputMillis : KeyedTimer.NO_HOLD;
    timer.cell().touch();
    moveHold(timer, hold);
    timer.outputMillis(outputMillis);
    queue(timer.domain()).schedule(timer, millis);
  }

  private void moveHold(KeyedTimer timer, long to) {
    long from = timer.holdMillis();
    if (from == to) {
      return;
    }
    if (from != KeyedTimer.NO_HOLD) {
      holds.remove(from);
    }
    if (to != KeyedTimer.NO_HOLD) {
      holds.add(to);
    }
    timer.holdMillis(to);
  }

  private TimerQueue<KeyedTimer> queue(TimeDomain domain) {
    return switch (domain) {
      case EVENT_TIME -> eventTime;
      case PROCESSING_TIME -> processingTime;
      case SYNCHRONIZED_PROCESSING_TIME -> synchronizedTime;
    };
  }

  @Override
  public void deleteTimer(
      StateNamespace namespace, String timerId, String timerFamilyId, TimeDomain timeDomain) {
    TimerCell cell = cellOf(namespace);
    KeyedTimer timer = cell == null ? null : cell.find(timerFamilyId, timerId);
    if (timer != null && timer.domain() == timeDomain) {
      delete(timer);
    }
  }

  @Override
  @Deprecated
  public void deleteTimer(StateNamespace namespace, String timerId, String timerFamilyId) {
    TimerCell cell = cellOf(namespace);
    KeyedTimer timer = cell == null ? null : cell.find(timerFamilyId, timerId);
    if (timer != null) {
      delete(timer);
    }
  }

  @Override
  @Deprecated
  public void deleteTimer(TimerData timer) {
    deleteTimer(
        timer.getNamespace(), timer.getTimerId(), timer.getTimerFamilyId(), timer.getDomain());
  }

  /** Deletes a timer that is set, with its hold. */
  void delete(KeyedTimer timer) {
    timer.cell().touch();
    queue(timer.domain()).cancel(timer);
    moveHold(timer, KeyedTimer.NO_HOLD);
    timer.cell().take(timer);
  }

  /** Deletes all timers of the current key in a namespace. */
  void clear(StateNamespace namespace) {
    TimerCell cell = cellOf(namespace);
    if (cell != null) {
      cell.all().forEach(this::delete);
    }
  }

  void snapshot(SnapshotSink sink) throws IOException {
    watermarks.write(sink, inputWatermark(), outputWatermark());
    table.writeTo(sink);
  }

  boolean restore(SnapshotSource source) throws IOException {
    if (source.part().name().equals(table.spec().name())) {
      table.readFrom(source);
      return true;
    }
    return watermarks.restore(source);
  }

  /** Schedules the timers that were read, in the order in which they had been set. */
  void restored() {
    restored.sort(Comparator.comparingLong(TimerCell.Restored::order));
    for (TimerCell.Restored each : restored) {
      KeyedTimer timer = each.timer();
      queue(timer.domain()).schedule(timer, each.millis());
      if (each.holds()) {
        moveHold(timer, timer.outputMillis());
      }
    }
    restored.clear();
    if (watermarks.areKnown()) {
      inputWatermark(watermarks.inputMillis());
      outputWatermark(watermarks.outputMillis());
    }
  }

  private @Nullable TimerCell cellOf(StateNamespace namespace) {
    WindowCells<StateNamespace, TimerCell> cells = table.windowIfAny(namespace);
    return cells == null ? null : cells.findAt(current.tableKey(), current.hash());
  }

  /** The next event-time timer that is due; null if there is none. */
  @Nullable KeyedTimer nextEvent() {
    return eventTime.nextMillis() < inputWatermark.getMillis() ? eventTime.peek() : null;
  }

  /**
   * The next timer of processing time, synchronized or not, that is due at {@code nowMillis}; null
   * if there is none.
   */
  @Nullable KeyedTimer nextProcessing(long nowMillis) {
    if (synchronizedTime.nextMillis()
        <= Math.min(reachedAt(nowMillis), processingTime.nextMillis())) {
      return synchronizedTime.peek();
    }
    return processingTime.nextMillis() < nowMillis ? processingTime.peek() : null;
  }

  private long reachedAt(long nowMillis) {
    return nowMillis - clock.upstreamLagMillis();
  }

  /** Timers begin to fire: all before has done what it had to do at {@code nowMillis}. */
  void firingBegins(long nowMillis) {
    reached = Instant.ofEpochMilli(Math.max(reached.getMillis(), reachedAt(nowMillis)) + 1);
  }

  /** What {@link #firingBegins} was for is done. */
  void firingEnds() {
    reached = Instant.ofEpochMilli(reached.getMillis() - 1);
  }

  long nextProcessingTimeMillis() {
    return Math.min(
        later(synchronizedTime.nextMillis(), clock.upstreamLagMillis()),
        later(processingTime.nextMillis(), 1));
  }

  private static long later(long millis, long byMillis) {
    return millis == Long.MAX_VALUE ? millis : millis + byMillis;
  }

  void inputWatermark(long millis) {
    if (millis != inputWatermark.getMillis()) {
      inputWatermark = Instant.ofEpochMilli(millis);
    }
  }

  long inputWatermark() {
    return inputWatermark.getMillis();
  }

  void outputWatermark(long millis) {
    if (millis != outputWatermark.getMillis()) {
      outputWatermark = Instant.ofEpochMilli(millis);
    }
  }

  long outputWatermark() {
    return outputWatermark.getMillis();
  }

  @Override
  public Instant currentProcessingTime() {
    long millis = clock.millis();
    if (millis != now.getMillis()) {
      now = Instant.ofEpochMilli(millis);
    }
    return now;
  }

  @Override
  public Instant currentSynchronizedProcessingTime() {
    return reached;
  }

  @Override
  public Instant currentInputWatermarkTime() {
    return inputWatermark;
  }

  @Override
  public Instant currentOutputWatermarkTime() {
    return outputWatermark;
  }
}
