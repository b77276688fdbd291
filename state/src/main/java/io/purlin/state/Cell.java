package io.purlin.state;

import io.purlin.state.keys.StructuralKey;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link LiveTable} holds for one key in one window. Users extend it with their accumulator
 * as plain mutable fields, so that a lookup ends at the data itself.
 *
 * <p>Owned by the table's thread. Invariant: whoever changes a field of the subclass says {@link
 * #touch} first. A cell lives in its table until it is removed, or its window dropped.
 */
public abstract class Cell {
  // Set by the table before anyone else sees the cell.
  private @Nullable Object tableKey;
  private @Nullable WindowCells<?, ?> home;
  private int hash;
  private int weight;
  private boolean inTable;
  // Of a table with a cold side alone: whether an encoded copy is there, whether it is outdated,
  // whether the cell was asked for lately, whether it was put away.
  private boolean stored;
  private boolean changed;
  private boolean used;
  private boolean away;
  // Of a table that snapshots are taken of: the epoch of its last change, or, when negative, of its
  // last writing; and whether an earlier snapshot has the cell.
  private int epoch;
  private boolean logged;

  /** A cell that belongs nowhere yet; only a {@link CellType} makes cells. */
  protected Cell() {}

  /** The key that the cell belongs to. */
  public final @Nullable Object key() {
    return StructuralKey.key(tableKey());
  }

  /** The window that the cell belongs to. */
  public final Object window() {
    return home().window();
  }

  /**
   * The cell is about to change. A cell that was removed comes back into its table.
   *
   * @throws IllegalStateException when another cell has taken its place meanwhile, or it was put
   *     away
   */
  public final void touch() {
    changed = true;
    WindowCells<?, ?> now = home();
    if (epoch != now.epoch()) {
      now.changing(this);
    }
    if (!inTable) {
      home().takeBack(this);
    }
  }

  /**
   * Objects that the cell holds are about to be handed to someone who may change them before {@link
   * #touch} is called.
   */
  public final void aboutToBeRead() {
    home().reading(this);
  }

  /** Takes the cell out of its table. */
  public final void remove() {
    if (inTable) {
      home().takeOut(this);
    }
  }

  /** Whether the cell is in its table. */
  public final boolean isInTable() {
    return inTable;
  }

  final Object tableKey() {
    if (tableKey == null) {
      throw new IllegalStateException("the cell was not made by a table");
    }
    return tableKey;
  }

  final int hash() {
    return hash;
  }

  final boolean holds(Object otherKey, int otherHash) {
    return hash == otherHash && (tableKey == otherKey || tableKey().equals(otherKey));
  }

  final void identify(Object newTableKey, int newHash) {
    tableKey = newTableKey;
    hash = newHash;
  }

  final void entered(WindowCells<?, ?> newHome) {
    home = newHome;
    inTable = true;
  }

  final void left() {
    inTable = false;
    stored = false;
  }

  /** The cell has left the heap: from now on another object stands for it. */
  final void putAway() {
    inTable = false;
    away = true;
  }

  final boolean isAway() {
    return away;
  }

  /** The cell is equal to its copy on the cold side. */
  final void hasCopy() {
    stored = true;
    changed = false;
  }

  /** There may be an older form of the cell on the cold side. */
  final void mayHaveCopy() {
    stored = true;
    changed = true;
  }

  final boolean isStored() {
    return stored;
  }

  final boolean isCopied() {
    return stored && !changed;
  }

  final void use() {
    used = true;
  }

  /** Whether the cell was used since it was asked last. */
  final boolean wasUsed() {
    boolean was = used;
    used = false;
    return was;
  }

  final int epoch() {
    return epoch;
  }

  final void epoch(int now) {
    epoch = now;
  }

  final boolean isLogged() {
    return logged;
  }

  final void logged(boolean is) {
    logged = is;
  }

  final int weight() {
    return weight;
  }

  final void weight(int bytes) {
    weight = bytes;
  }

  final WindowCells<?, ?> home() {
    if (home == null) {
      throw new IllegalStateException("the cell was not made by a table");
    }
    return home;
  }
}
