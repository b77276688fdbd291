package io.purlin.nativerunner.source;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.metrics.Consumed;
import java.util.List;

/**
 * Reads the splits that one task was given, batch-wise.
 *
 * <p>Driven by the task's thread alone, but for {@link #consumed}. {@link #poll} never waits for
 * data: it says that there is none.
 */
public interface SourceReader {
  /** What {@link #poll} found. */
  enum Status {
    /** Elements were emitted, or something else moved on; poll again. */
    MORE,
    /** Nothing now; there may be something later. */
    IDLE,
    /** Nothing any more: the watermark is at its end. */
    DONE
  }

  /** Prepares the reader. */
  void open() throws Exception;

  /**
   * Emits at most {@code maxElements} elements, each with its metadata set in {@code current}.
   *
   * @throws java.io.IOException when the source cannot be read
   */
  Status poll(Receiver receiver, CurrentElement current, int maxElements) throws Exception;

  /**
   * A bundle has ended: what was emitted before has been worked on as far as this task goes. A
   * source that wants to be told what it may forget is told now.
   *
   * @throws java.io.IOException when the source cannot be told
   */
  default void bundleEnded() throws Exception {}

  /**
   * Nothing is polled any more: what has been read is all there is.
   *
   * @throws java.io.IOException when the source cannot be told
   */
  default void drained() throws Exception {}

  /**
   * What of the source this reader has read and what it is reading, each entry for {@link
   * SourceFactory#createReaders} to read on from; called between bundles. Entries of all readers
   * together are the position of the source.
   *
   * @throws java.io.IOException when a position cannot be written
   * @throws UnsupportedOperationException when the source cannot be read on from a position
   */
  List<byte[]> positions() throws Exception;

  /**
   * The checkpoint that holds the positions which {@link #positions} gave last is committed: what
   * came before them is not read again. From the first call of {@link #positions} on, a source
   * forgets nothing before this is called.
   *
   * @throws java.io.IOException when the source cannot be told
   */
  default void positionsCommitted() throws Exception {}

  /** The watermark of what will still be emitted, in event-time milliseconds. */
  long watermarkMillis();

  /**
   * Nothing else in the whole job can move. A source whose next event must find the job at rest,
   * such as a test stream, releases it now.
   *
   * @return whether the next {@link #poll} or {@link #watermarkMillis} has something new
   */
  default boolean onQuiescence() {
    return false;
  }

  /**
   * How much this reader has read of what it has to; one of several that share their splits may
   * speak for all of them, and the others say that they have nothing. Any thread, at any time.
   */
  default Consumed consumed() {
    return Consumed.UNKNOWN;
  }

  /** Releases readers and connections. Called once, also after a failure. */
  void close() throws Exception;
}
