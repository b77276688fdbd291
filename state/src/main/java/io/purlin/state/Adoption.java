package io.purlin.state;

import io.purlin.state.cold.ColdTable;
import io.purlin.state.cold.ColdTable.KeptWindow;
import io.purlin.state.keys.KeyGroups;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.util.VarInt;
import org.jspecify.annotations.Nullable;

/**
 * A table on its way back, whose cold side is that of a copy: what was not changed since the copy
 * was folded is there already, and stays there until it is asked for.
 *
 * <p>Cells that segments have come to life, or are put away in the place of what the copy has;
 * entries of cells and windows that are gone since are deleted. How many cells a window has is in
 * the segments: a copy may be of any moment after its fold, and so has more of some windows, and
 * less of others, than there are. Owned by the table's thread.
 */
final class Adoption<W, C extends Cell> {
  private final LiveTable<W, C> table;
  private final ColdCells<W, C> cold;
  private final KeyGroups groups;
  private final Map<W, Long> sizes = new HashMap<>();
  private final SegmentFilter filter;

  private Adoption(
      LiveTable<W, C> table, ColdCells<W, C> cold, KeyGroups groups, SegmentFilter filter) {
    this.table = table;
    this.cold = cold;
    this.groups = groups;
    this.filter = filter;
  }

  /**
   * Gives an empty table the windows that the copy has.
   *
   * @param filter of the segments that build on the copy
   */
  static <W, C extends Cell> Adoption<W, C> begin(
      LiveTable<W, C> table, ColdCells<W, C> cold, KeyGroups groups, SegmentFilter filter)
      throws IOException {
    if (table.windowCount() > 0) {
      throw new IllegalStateException(
          table.spec().name() + " is to take a copy over and has cells already");
    }
    Map<W, Long> numbers = new HashMap<>();
    for (KeptWindow each : cold.entries().adopt()) {
      Long older = numbers.put(cold.window(each.description()), each.number());
      if (older != null) {
        // It had lost all its cells, and got others.
        cold.entries().deleteWindow(older);
      }
    }
    numbers.forEach(table::adopt);
    return new Adoption<>(table, cold, groups, filter);
  }

  /** Another segment is read, one of those that build on the copy. */
  void follow(SegmentFilter now) {
    if (now != filter) {
      throw new IllegalStateException(
          table.spec().name() + " took a copy over, and is given another task's cells");
    }
  }

  /**
   * Takes a frame in that is no cell.
   *
   * @param cells of the window that was read last
   * @return false for the frame of a cell
   */
  boolean takes(@Nullable WindowCells<W, C> cells, SnapshotSource source, ByteArrayInputStream in)
      throws IOException {
    switch (source.frameTag()) {
      case SIZE -> {
        if (cells != null) {
          sizes.put(cells.window(), VarInt.decodeLong(in));
        }
      }
      case GONE -> {
        Object key = groups.coder().decode(in);
        WindowCells<W, C> its = cells == null ? null : table.windowIfListed(cells.window());
        if (its != null && its.cold().isAdopted()) {
          its.cold().disown(cold.wholeKey(its.cold().number(), key));
        }
      }
      case WIPED -> wiped(table.windowCoder().decode(in));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void wiped(W window) throws IOException {
    WindowCells<W, C> cells = table.windowIfListed(window);
    if (cells == null || !cells.cold().isAdopted()) {
      return;
    }
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    table.windowCoder().encode(window, name);
    byte[] windowBytes = name.toByteArray();
    cells
        .cold()
        .disown(
            wholeKey ->
                filter.knows(
                    windowBytes,
                    Arrays.copyOfRange(wholeKey, ColdTable.keyStart(), wholeKey.length)));
  }

  /** All segments were read. */
  void end() {
    for (WindowCells<W, C> each : table.windowCells()) {
      long size = sizes.getOrDefault(each.window(), 0L);
      try {
        each.cold().restored(size);
      } catch (IOException e) {
        throw new UncheckedIOException(table.spec().name() + " is damaged: " + e.getMessage(), e);
      }
      if (size == 0) {
        each.dropped();
        table.disown(each);
      }
    }
    table.changes().resume(filter.base());
  }
}
