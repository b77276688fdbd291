package io.purlin.state;

import org.apache.beam.sdk.coders.Coder;

/**
 * What the cells of a table are: how an empty one is made and by which coder their content is
 * written.
 *
 * @param <C> the class of the cells
 */
public interface CellType<C extends Cell> {
  /** An empty cell, for a table that is about to take it in. */
  C create();

  /** The coder of what a cell holds; it decides whether stored state can still be read. */
  Coder<?> contentCoder();
}
