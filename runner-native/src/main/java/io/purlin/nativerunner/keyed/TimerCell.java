package io.purlin.nativerunner.keyed;

import io.purlin.state.Cell;
import io.purlin.state.CellType;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

  /** A timer as it was stored, which is in its cell and not scheduled yet. */
  record Restored(KeyedTimer timer, long millis, long order, boolean holds) {}

  /**
   * The type of the cells.
   *
   * @param windowing of the operator, as text
   * @param restored is given every timer that is read
   */
  static CellType<TimerCell> type(String windowing, Consumer<Restored> restored) {
    return new CellType<>() {
      @Override
      public TimerCell create() {
        return new TimerCell();
      }

      @Override
      public String kind() {
        return "timers/1";
      }

      @Override
      public Map<String, String> prints() {
        return Map.of("windowing", windowing);
      }

      @Override
      public void write(TimerCell cell, OutputStream out) throws IOException {
        Collection<KeyedTimer> all = cell.all();
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(all.size());
        for (KeyedTimer each : all) {
          each.writeTo(data);
        }
      }

      @Override
      public void read(TimerCell cell, InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        for (int left = data.readInt(); left > 0; left--) {
          Restored each = KeyedTimer.readFrom(data, cell);
          cell.add(each.timer());
          restored.accept(each);
        }
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
