package io.purlin.nativerunner.keyed;

import io.purlin.nativerunner.time.WatermarkHolds;
import java.util.Objects;
import org.apache.beam.sdk.state.ReadableState;
import org.apache.beam.sdk.state.WatermarkHoldState;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** A hold on the output watermark: while a time is here, it is counted in the operator's holds. */
final class HoldCell extends StateCell implements WatermarkHoldState {
  private final WatermarkHolds holds;
  private final TimestampCombiner combiner;
  private @Nullable Instant held;

  HoldCell(KeyedStates states, WatermarkHolds holds, TimestampCombiner combiner) {
    super(states);
    this.holds = holds;
    this.combiner = combiner;
  }

  @Override
  public void add(Instant time) {
    Instant before = held;
    Instant after = before == null ? time : combiner.combine(before, time);
    if (!after.equals(before)) {
      touch();
      move(before, after);
    }
  }

  @Override
  public void clear() {
    touch();
    move(held, null);
    emptied();
  }

  private void move(@Nullable Instant from, @Nullable Instant to) {
    if (from != null) {
      holds.remove(from.getMillis());
    }
    if (to != null) {
      holds.add(to.getMillis());
    }
    held = to;
  }

  @Override
  public @Nullable Instant read() {
    return held;
  }

  @Override
  public TimestampCombiner getTimestampCombiner() {
    return combiner;
  }

  @Override
  public ReadableState<Boolean> isEmpty() {
    return new Deferred<>(this::isVacant);
  }

  @Override
  public WatermarkHoldState readLater() {
    return this;
  }

  @Override
  Object content() {
    return Objects.requireNonNull(held);
  }

  @Override
  void content(Object content) {
    move(null, (Instant) content);
  }

  @Override
  void fetched(Object content) {
    // The hold was counted all the time.
    held = (Instant) content;
  }

  @Override
  boolean isVacant() {
    return held == null;
  }
}
