package io.purlin.state.values;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values in the order in which they were added. Owned by its task's thread.
 *
 * <p>Invariant: values = those of {@code chunks} chunks + tail.
 */
public final class ValueList {
  static final long NONE = -1;

  private final ValueLists home;
  private List<@Nullable Object> tail = new ArrayList<>(4);
  private int sealAt;

  /** Number of the list on the cold side; {@link #NONE} while it has no chunks. */
  long number = NONE;

  /** Chunks so far. */
  int chunks;

  /** Values in the chunks. */
  long sealed;

  ValueList(ValueLists home, int sealAt) {
    this.home = home;
    this.sealAt = sealAt;
  }

  /** Appends a value. */
  public void add(@Nullable Object value) {
    tail.add(value);
    if (tail.size() >= sealAt) {
      sealAt = home.seal(this);
    }
  }

  /** Appends all values of another list of the same kind, which is dropped. */
  public void addAll(ValueList other) {
    other.forEach(this::add);
    other.drop();
  }

  /** Visits all values; the visitor does not change the list. */
  void forEach(Consumer<@Nullable Object> visitor) {
    if (chunks > 0) {
      new StoredValues(home, new Leases.Lease(), this, List.of()).forEach(visitor);
    }
    tail.forEach(visitor);
  }

  /** Number of values. */
  public long size() {
    return sealed + tail.size();
  }

  /**
   * What is in the list now, to be read any number of times by any thread.
   *
   * @param keeps whether the list is used afterwards; if not, it is dropped
   */
  public Iterable<@Nullable Object> read(boolean keeps) {
    List<@Nullable Object> rest =
        Collections.unmodifiableList(keeps ? new ArrayList<>(tail) : tail);
    if (chunks == 0) {
      return rest;
    }
    StoredValues values = home.stored(this, rest);
    if (!keeps) {
      drop();
    }
    return values;
  }

  /** Nobody adds to the list any more, nor reads what he has not asked for by now. */
  public void drop() {
    if (chunks > 0) {
      home.drop(this);
      chunks = 0;
      number = NONE;
    }
    sealed = 0;
    tail = new ArrayList<>(0);
  }

  /** The list is about to leave the heap: what is worth a chunk becomes one. */
  public void compact() {
    if (!tail.isEmpty()) {
      home.sealIfWorth(this);
    }
  }

  List<@Nullable Object> tail() {
    return tail;
  }

  /** The tail has become a chunk. */
  void sealedTail() {
    sealed += tail.size();
    chunks++;
    tail = new ArrayList<>(Math.min(tail.size(), 16));
  }
}
