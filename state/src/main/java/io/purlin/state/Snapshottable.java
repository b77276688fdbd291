package io.purlin.state;

import java.io.IOException;

/**
 * What has state that must survive a restart. Called by the owner's thread.
 *
 * <p>A snapshot is a sequence of named parts, see {@link SnapshotSink}. To restore, each part of
 * each earlier task is offered once, in the order of writing, to an instance that has done nothing
 * yet; {@link #restored} follows when there is no more. An instance that was given nothing starts
 * empty.
 */
public interface Snapshottable {
  /** Writes all state. Between bundles, where everything before the barrier has been worked on. */
  default void snapshot(SnapshotSink sink) throws IOException {}

  /**
   * Takes in the part at which {@code source} stands, if it is known here.
   *
   * @return whether the part is known
   * @throws IncompatibleStateException when the part was written for something else
   */
  default boolean restore(SnapshotSource source) throws IOException {
    return false;
  }

  /** Every part has been offered: makes what is derived from state. */
  default void restored() {}
}
