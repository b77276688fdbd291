package io.purlin.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the cells of a table are: how an empty one is made, and how one is written down.
 *
 * @param <C> the class of the cells
 */
public interface CellType<C extends Cell> {
  /** Cells of a table that is empty at every barrier. */
  static <C extends Cell> CellType<C> unstored(Supplier<C> create) {
    return new CellType<>() {
      @Override
      public C create() {
        return create.get();
      }

      @Override
      public String kind() {
        return "unstored";
      }

      @Override
      public Map<String, String> prints() {
        return Map.of();
      }

      @Override
      public void write(C cell, OutputStream out) {
        throw new IllegalStateException("a cell that is not stored is there at a barrier");
      }

      @Override
      public void read(C cell, InputStream in) {
        throw new IllegalStateException("a cell that is not stored was read");
      }
    };
  }

  /** An empty cell, for a table that is about to take it in. */
  C create();

  /** What the cells hold, with a number that changes when their format does. */
  String kind();

  /**
   * The forms of everything by which cells are written, by what it is; stored state can be read
   * while they stay the same.
   */
  Map<String, String> prints();

  /** Writes everything that the cell holds, but for what others can derive from it. */
  void write(C cell, OutputStream out) throws IOException;

  /** Gives what was written to a cell that is new in its table. */
  void read(C cell, InputStream in) throws IOException;

  /**
   * Whether the cell may be put away while nobody works on its key. Not while an object that stays
   * refers to it.
   */
  default boolean mayBePutAway(C cell) {
    return true;
  }

  /**
   * Whether the cell holds nothing that could be written: whoever has asked for it has yet to fill
   * it, or will take it out of the table. At a barrier no cell does.
   */
  default boolean isVacant(C cell) {
    return false;
  }

  /**
   * Whether a restart may leave the cells where they were put away until they are asked for. Then
   * nobody but the table may know of a cell, and {@link #putAway} writes what {@link #write} does.
   */
  default boolean mayStayAway() {
    return false;
  }

  /**
   * Writes the cell for {@link #fetch}, in the same process. What others know of the cell they go
   * on knowing.
   */
  default void putAway(C cell, OutputStream out) throws IOException {
    write(cell, out);
  }

  /** Writes about as much as {@link #putAway}, but to measure it: nothing may come of it. */
  default void weigh(C cell, OutputStream out) throws IOException {
    putAway(cell, out);
  }

  /** Gives what was put away to a new cell; nobody else is told. */
  default void fetch(C cell, InputStream in) throws IOException {
    read(cell, in);
  }
}
