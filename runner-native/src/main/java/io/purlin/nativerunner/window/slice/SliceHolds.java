package io.purlin.nativerunner.window.slice;

import io.purlin.nativerunner.time.WatermarkHolds;
import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.function.LongPredicate;

/**
 * Where slices hold the watermark: one hold for each slice, the earliest of its keys' elements.
 * Owned by the task's thread.
 */
final class SliceHolds {
  private final Long2LongOpenHashMap bySlice = new Long2LongOpenHashMap();
  private final WatermarkHolds holds = new WatermarkHolds();

  SliceHolds() {
    bySlice.defaultReturnValue(SlicesOfKey.NO_HOLD);
  }

  /** An element of the slice holds; both in event-time milliseconds. */
  void add(long slice, long millis) {
    long before = bySlice.get(slice);
    if (millis < before) {
      bySlice.put(slice, millis);
      holds.add(millis);
      if (before != SlicesOfKey.NO_HOLD) {
        holds.remove(before);
      }
    }
  }

  /** Takes back the holds of slices. */
  void removeIf(LongPredicate isOver) {
    bySlice
        .long2LongEntrySet()
        .removeIf(
            (Long2LongMap.Entry each) -> {
              boolean removes = isOver.test(each.getLongKey());
              if (removes) {
                holds.remove(each.getLongValue());
              }
              return removes;
            });
  }

  /** The earliest; {@code Long.MAX_VALUE} if there is none. */
  long minMillis() {
    return holds.minMillis();
  }
}
