package io.purlin.state;

import io.purlin.state.bytes.ReusedBytes;
import io.purlin.state.cold.ColdStore;
import io.purlin.state.cold.ColdTable;
import io.purlin.state.cold.KeptTable;
import io.purlin.state.keys.KeyGroups;
import io.purlin.state.keys.StructuralKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.beam.sdk.coders.Coder;
import org.jspecify.annotations.Nullable;

/**
 * The cold side of a table: decides which cells leave the heap, writes and reads them.
 *
 * <p>Windows with live cells form a ring, over which a hand goes as a clock's: a cell that was used
 * since it came by stays, any other is put away. Owned by the table's thread.
 */
final class ColdCells<W, C extends Cell> {
  /** Filters of the keys that are away may take one part in so many of the table's memory. */
  private static final int FILTER_PART = 4;

  /** What finds recent values on the cold side may take one part in so many of it as well. */
  private static final int RECENT_PART = 4;

  /** Whoever looks on need not be told of each. */
  private static final int USES_AT_ONCE = 256;

  private final TableSpec<W, C> spec;
  private final KeyGroups groups;
  private final StructuralKey keys;
  private final StateMemory memory;
  private final StateMemory.Account account;
  private final ColdTable entries;
  private final CellWeights weights = new CellWeights();
  private final ReusedBytes bytes = new ReusedBytes();
  private @Nullable Cell lastUsed;
  private @Nullable ColdWindow<W, C> hand;
  private int windowsInRing;
  private int untoldUses;
  private long liveCells;
  private long pause;
  private long filterBytes;
  private long recentBytes;

  ColdCells(LiveTable<W, C> table, KeyGroups groups, StateMemory memory, ColdStore store) {
    this.spec = table.spec();
    this.keys = table.keys();
    this.groups = groups;
    this.memory = memory;
    this.account = memory.account();
    this.entries =
        spec.type().mayStayAway()
            ? store.table(memory.accesses(), keptAs(memory.task(), table.part()))
            : store.table(memory.accesses());
    entries.keepRecent(() -> account.share() / RECENT_PART);
  }

  CellType<C> type() {
    return spec.type();
  }

  ColdTable entries() {
    return entries;
  }

  private static KeptTable keptAs(int task, PartSpec part) {
    ByteArrayOutputStream description = new ByteArrayOutputStream();
    try {
      part.writeTo(description);
    } catch (IOException e) {
      throw new UncheckedIOException(part.name() + " cannot be described", e);
    }
    return new KeptTable(KeptSegment.tableName(task, part.name()), description.toByteArray());
  }

  /** A number for a window that has no entries. */
  long newWindow(W window) {
    if (!type().mayStayAway()) {
      return entries.newWindow();
    }
    try {
      bytes.begin();
      windowCoder().encode(window, bytes);
      return entries.newWindow(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("window " + window + " of " + spec.name(), e);
    }
  }

  /** The window that {@link #newWindow} has described. */
  W window(byte[] description) throws IOException {
    return windowCoder().decode(new ByteArrayInputStream(description));
  }

  @SuppressWarnings("unchecked") // the table's windows are those of its coder
  private Coder<W> windowCoder() {
    return (Coder<W>) spec.windowCoder();
  }

  void use(Cell cell) {
    cell.use();
    lastUsed = cell;
    if (++untoldUses == USES_AT_ONCE) {
      memory.found(untoldUses);
      untoldUses = 0;
    }
  }

  /** A cell has come to life: new, fetched, or taken back. */
  void entered(ColdWindow<W, C> window, Cell cell) {
    if (cell.weight() == 0) {
      cell.weight(weights.ofNew());
    }
    count(window, cell.weight(), 1);
    // The first use does not count as one, so that those that are used again stay before it.
    lastUsed = cell;
    if (window.next == null) {
      insert(window);
    }
  }

  /** A cell is no longer live. */
  void left(ColdWindow<W, C> window, Cell cell, boolean wasLast) {
    count(window, -cell.weight(), -1);
    if (wasLast) {
      unlink(window);
    }
  }

  /** All cells of a window are gone. */
  void left(ColdWindow<W, C> window, int cells) {
    count(window, -window.bytes, -cells);
    unlink(window);
  }

  private void count(ColdWindow<W, C> window, long change, int cells) {
    window.bytes += change;
    account.add(change);
    liveCells += cells;
  }

  /**
   * The filters of the windows have grown or, below 0, are gone.
   *
   * @return whether all of the table are still small beside its cells
   */
  boolean filters(long changeBytes) {
    filterBytes += changeBytes;
    account.add(changeBytes);
    return filterBytes <= account.share() / FILTER_PART;
  }

  private void insert(ColdWindow<W, C> window) {
    ColdWindow<W, C> at = hand;
    windowsInRing++;
    if (at == null) {
      window.next = window;
      window.previous = window;
      hand = window;
      return;
    }
    // Behind the hand: it comes by last.
    ColdWindow<W, C> before = at.previous;
    window.next = at;
    window.previous = before;
    at.previous = window;
    if (before != null) {
      before.next = window;
    }
  }

  private void unlink(ColdWindow<W, C> window) {
    ColdWindow<W, C> next = window.next;
    ColdWindow<W, C> previous = window.previous;
    if (next == null || previous == null) {
      return;
    }
    windowsInRing--;
    previous.next = next;
    next.previous = previous;
    if (hand == window) {
      hand = next == window ? null : next;
    }
    window.next = null;
    window.previous = null;
  }

  /** Nobody uses a cell now: puts as many away as are too many. */
  void relieve() {
    Cell cell = lastUsed;
    lastUsed = null;
    if (cell != null && cell.isInTable() && weights.isDue(cell.weight())) {
      ColdWindow<W, C> window = windowOf(cell);
      int before = cell.weight();
      cell.weight(measure(own(cell)));
      count(window, cell.weight() - before, 0);
    }
    if (pause > 0) {
      pause--;
      return;
    }
    long excess = account.excess();
    if (excess > 0) {
      putAway(excess);
    }
  }

  @SuppressWarnings("unchecked") // the table uses its own cells only
  private ColdWindow<W, C> windowOf(Cell cell) {
    return ((WindowCells<W, C>) cell.home()).cold();
  }

  @SuppressWarnings("unchecked") // as above
  private C own(Cell cell) {
    return (C) cell;
  }

  private int measure(C cell) {
    try {
      return weights.measure(spec.type(), cell);
    } catch (IOException e) {
      throw failed(cell.key(), e);
    }
  }

  private void putAway(long excess) {
    // None of them is read before the last is written, so that they are written many at once.
    entries.together(() -> sweep(excess));
  }

  private void sweep(long excess) {
    long left = excess;
    // A turn that was begun, one to forget that cells were used and one to take them; and what has
    // taken the numbers of those that left is met a turn later.
    for (int turns = 3 * windowsInRing; turns > 0 && left > 0; turns--) {
      ColdWindow<W, C> window = hand;
      if (window == null) {
        return;
      }
      long freed = window.sweep(left);
      if (freed > 0) {
        left -= freed;
        turns = 3 * windowsInRing;
      }
      if (hand == window && window.isSwept()) {
        hand = window.next;
      }
    }
    // What may not leave must not be looked at again for every element.
    pause = left > 0 ? liveCells : 0;
  }

  /** The whole key of a cell. */
  byte[] wholeKey(long window, @Nullable Object key) {
    try {
      bytes.begin();
      for (int i = 0; i < ColdTable.keyStart(); i++) {
        bytes.write(0);
      }
      groups.encode(key, bytes);
      byte[] wholeKey = bytes.toByteArray();
      entries.writeStart(wholeKey, window);
      return wholeKey;
    } catch (IOException e) {
      throw failed(key, e);
    }
  }

  /** Writes a cell to the cold side; returns where it may be read. */
  long write(byte[] wholeKey, C cell) {
    try {
      bytes.begin();
      spec.type().putAway(cell, bytes);
    } catch (IOException e) {
      throw failed(cell.key(), e);
    }
    byte[] value = bytes.toByteArray();
    weights.ofEncoded(wholeKey.length + value.length);
    long position = entries.put(wholeKey, value);
    countRecent();
    return position;
  }

  /** What the cold side has of a key goes. */
  void delete(byte[] wholeKey) {
    entries.delete(wholeKey);
    countRecent();
  }

  private void countRecent() {
    account.add(entries.recentBytes() - recentBytes);
    recentBytes = entries.recentBytes();
  }

  /** The table key in a whole key. */
  Object tableKey(byte[] wholeKey) {
    int start = ColdTable.keyStart();
    try {
      return keys.tableKey(
          groups
              .coder()
              .decode(new ByteArrayInputStream(wholeKey, start, wholeKey.length - start)));
    } catch (IOException e) {
      throw new UncheckedIOException("a key of " + spec.name() + " cannot be read back", e);
    }
  }

  /** The cell that was written, at home in its window but not findable there so far. */
  C read(WindowCells<W, C> home, byte[] wholeKey, Object tableKey, byte[] value) {
    C cell = spec.type().create();
    cell.identify(tableKey, StructuralKey.hash(tableKey));
    cell.entered(home);
    // What it is filled with is no change.
    cell.epoch(home.epoch());
    try {
      spec.type().fetch(cell, new ByteArrayInputStream(value));
    } catch (IOException e) {
      throw failed(cell.key(), e);
    }
    cell.epoch(0);
    cell.weight(weights.ofEncoded(wholeKey.length + value.length));
    cell.hasCopy();
    return cell;
  }

  private UncheckedIOException failed(@Nullable Object key, IOException cause) {
    return new UncheckedIOException(
        "the cell of key " + key + " of " + spec.name() + " cannot leave the heap or come back",
        cause);
  }
}
