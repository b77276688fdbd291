package io.purlin.conformance.simulation.invariant;

import io.purlin.conformance.simulation.job.CountedChannel;
import io.purlin.conformance.simulation.job.Result;
import io.purlin.conformance.simulation.job.SimulatedProcess.Ending;
import java.util.List;

/** Something that must hold in a run. Told of what happens, in order, by one thread. */
public interface Invariant {
  /** A result has become visible to readers of committed records. */
  default void visible(Result result) {}

  /** A marker has: a checkpoint of this number is committed. */
  default void committed(long checkpoint) {}

  /** The source was told that a partition is read and committed so far. */
  default void told(int partition, long read) {}

  /** All tasks of an attempt have been closed; these are its channels. */
  default void closed(List<CountedChannel> channels) {}

  /** A task has failed. */
  default void failed(Throwable failure) {}

  /**
   * A process has ended.
   *
   * @param stale whether it stood still while another one ran, which may have taken its place
   * @param calm whether nothing was broken while it ran
   */
  default void ended(Ending ending, boolean stale, boolean calm) {}

  /** Nothing follows. */
  default void over() {}
}
