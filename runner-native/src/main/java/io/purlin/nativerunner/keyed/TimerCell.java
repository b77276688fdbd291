package io.purlin.nativerunner.keyed;

import io.purlin.state.Cell;
import io.purlin.state.CellType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.core.TimerInternals.TimerDataCoderV2;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.IterableCoder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;

/**
 * The timers that one key has set in one namespace.
 *
 * <p>A few are searched one by one; from {@link #INDEXED} on they are indexed as well, for keys
 * that set a timer for each of many things. Owned by {@link KeyedTimers}.
 */
final class TimerCell extends Cell {
  private static final int INDEXED = 9;

  private final ArrayList<KeyedTimer> few = new ArrayList<>(1);
  private @Nullable Map<Name, KeyedTimer> many;

  private record Name(String family, String id) {}

  static CellType<TimerCell> type(Coder<? extends BoundedWindow> windowCoder) {
    return new CellType<>() {
      @Override
      public TimerCell create() {
        return new TimerCell();
      }

      @Override
      public Coder<?> contentCoder() {
        return IterableCoder.of(TimerDataCoderV2.of(windowCoder));
      }
    };
  }

  @Nullable KeyedTimer find(String family, String id) {
    if (many != null) {
      return many.get(new Name(family, id));
    }
    for (int i = 0; i < few.size(); i++) {
      KeyedTimer timer = few.get(i);
      if (timer.is(family, id)) {
        return timer;
      }
    }
    return null;
  }

  /** Adds a timer whose name is new. */
  void add(KeyedTimer timer) {
    touch();
    if (many != null) {
      many.put(new Name(timer.family(), timer.id()), timer);
      return;
    }
    few.add(timer);
    if (few.size() == INDEXED) {
      Map<Name, KeyedTimer> index = new HashMap<>();
      few.forEach(each -> index.put(new Name(each.family(), each.id()), each));
      few.clear();
      many = index;
    }
  }

  /** Takes a timer out; the cell leaves its table with the last one. */
  void take(KeyedTimer timer) {
    touch();
    if (many != null) {
      many.remove(new Name(timer.family(), timer.id()));
    } else {
      few.remove(timer);
    }
    if (isEmpty()) {
      remove();
    }
  }

  boolean isEmpty() {
    return many != null ? many.isEmpty() : few.isEmpty();
  }

  List<KeyedTimer> all() {
    return List.copyOf(many != null ? many.values() : few);
  }
}
