package io.purlin.nativerunner.task;

import io.purlin.nativerunner.chain.OperatorChain;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.exchange.InputGate;
import io.purlin.nativerunner.source.SourceReader;
import io.purlin.nativerunner.time.Clock;
import java.util.List;

/** Where a task's elements come from. Used by the task's thread alone. */
public interface TaskInput {
  /** Prepares the input. */
  void open() throws Exception;

  /**
   * Feeds at most one batch to the head of the chain, in a bundle that it begins.
   *
   * @param maxElements elements that the bundle has room for, at least 1
   * @return the number of elements fed; -1 when there was nothing to be had
   */
  int feed(OperatorChain chain, int maxElements) throws Exception;

  /** A bundle has ended, and with it all that was fed so far. */
  default void bundleEnded() throws Exception {}

  /** Batches taken from channels since the start. */
  default long batches() {
    return 0;
  }

  /**
   * The checkpoint whose barrier the input has come to; {@link CheckpointSeat#NONE} when none.
   * Nothing is fed past a barrier before {@link #passBarrier}.
   *
   * @param requested the checkpoint that the job has asked for last
   */
  long barrier(long requested);

  /** The task has answered the checkpoint that {@link #barrier} gave. */
  default void passBarrier() {}

  /** Positions of a source, for a snapshot; none for channels, which are empty then. */
  default List<byte[]> positions() throws Exception {
    return List.of();
  }

  /** The checkpoint that holds the positions given last is committed. */
  default void positionsCommitted() throws Exception {}

  /** Ends a source where it stands, as if nothing followed. Whatever was sent here still comes. */
  default void drain() throws Exception {}

  /** Whether nothing comes any more, neither elements nor barriers. */
  boolean hasEnded();

  /** The watermark of what will still be fed, in event-time milliseconds. */
  long watermarkMillis();

  /**
   * Nothing else in the whole job can move: an input that waits for that goes on.
   *
   * @return whether it has something new
   */
  default boolean onQuiescence() {
    return false;
  }

  /**
   * How long the task's thread may wait for this input, in nanoseconds.
   *
   * @param idleSteps how many steps in a row found nothing
   */
  long idleNanos(int idleSteps);

  /** Releases what the input holds. Called once, also after a failure. */
  void close() throws Exception;

  /** An input that reads a source. */
  static TaskInput of(SourceReader reader, CurrentElement current) {
    return new SourceInput(reader, current);
  }

  /** An input that reads channels. */
  static TaskInput of(InputGate gate, CurrentElement current, Clock clock) {
    return new GateInput(gate, current, clock);
  }
}
