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
  // What is so, in one byte: there are millions of cells.
  private static final int IN_TABLE = 1;
  // Of a table with a cold side alone: whether an encoded copy is there, whether it is outdated,
  // whether the cell was asked for lately, whether it was put away.
  private static final int STORED = 2;
  private static final int CHANGED = 4;
  private static final int USED = 8;
  private static final int AWAY = 16;
  // Whether an earlier snapshot has the cell.
  private static final int LOGGED = 32;

  // Set by the table before anyone else sees the cell.
  private @Nullable Object tableKey;
  private @Nullable WindowCells<?, ?> home;
  private int hash;
  private int weight;
  // Of a table that snapshots are taken of: the epoch of its last change, or, when negative, of its
  // last writing.
  private int epoch;
  private byte marks;

  /** A cell that belongs nowhere yet; only a {@link CellType} makes cells. */
  protected Cell() {}

  private boolean has(int mark) {
    return (marks & mark) != 0;
  }

  private void mark(int mark) {
    marks |= (byte) mark;
  }

  private void unmark(int mark) {
    marks &= (byte) ~mark;
  }

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
    mark(CHANGED);
    WindowCells<?, ?> now = home();
    if (epoch != now.epoch()) {
      now.changing(this);
    }
    if (!has(IN_TABLE)) {
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
    if (has(IN_TABLE)) {
      home().takeOut(this);
    }
  }

  /** Whether the cell is in its table. */
  public final boolean isInTable() {
    return has(IN_TABLE);
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

  /** Reads the key and the content, as a lookup and what follows it will; of no meaning itself. */
  final int readAhead() {
    return (tableKey instanceof Long number ? number.intValue() : hash) + readContentAhead();
  }

  /**
   * Reads what is most likely to be read next of what the cell refers to, before anybody asks.
   *
   * @return anything that depends on what was read
   */
  protected int readContentAhead() {
    return 0;
  }

  final boolean holds(Object otherKey, int otherHash) {
    return hash == otherHash && (tableKey == otherKey || isKey(otherKey));
  }

  /**
   * Whether the cell's key equals another. The commonest classes of keys are asked by name: all
   * tables of a process share this call, which the compiler could bind for two classes at most.
   */
  private boolean isKey(Object otherKey) {
    Object own = tableKey();
    if (own instanceof Long number) {
      return number.equals(otherKey);
    }
    if (own instanceof String text) {
      return text.equals(otherKey);
    }
    return own.equals(otherKey);
  }

  final void identify(Object newTableKey, int newHash) {
    tableKey = newTableKey;
    hash = newHash;
  }

  final void entered(WindowCells<?, ?> newHome) {
    home = newHome;
    mark(IN_TABLE);
  }

  final void left() {
    unmark(IN_TABLE);
    unmark(STORED);
  }

  /** The cell has left the heap: from now on another object stands for it. */
  final void putAway() {
    unmark(IN_TABLE);
    mark(AWAY);
  }

  final boolean isAway() {
    return has(AWAY);
  }

  /** The cell is equal to its copy on the cold side. */
  final void hasCopy() {
    mark(STORED);
    unmark(CHANGED);
  }

  /** There may be an older form of the cell on the cold side. */
  final void mayHaveCopy() {
    mark(STORED);
    mark(CHANGED);
  }

  final boolean isStored() {
    return has(STORED);
  }

  final boolean isCopied() {
    return (marks & (STORED | CHANGED)) == STORED;
  }

  final void use() {
    mark(USED);
  }

  /** Whether the cell was used since it was asked last. */
  final boolean wasUsed() {
    boolean was = has(USED);
    unmark(USED);
    return was;
  }

  final int epoch() {
    return epoch;
  }

  final void epoch(int now) {
    epoch = now;
  }

  final boolean isLogged() {
    return has(LOGGED);
  }

  final void logged(boolean is) {
    if (is) {
      mark(LOGGED);
    } else {
      unmark(LOGGED);
    }
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
