package io.purlin.nativerunner.task;

import io.purlin.nativerunner.chain.OperatorChain;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.source.SourceReader;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a chain from the reader of a source. Used by the task's thread alone.
 *
 * <p>Invariant: whenever the reader runs, the source is the current step, so that what it counts is
 * counted for it.
 */
final class SourceInput implements TaskInput {
  /** Elements read before the task looks at anything else. */
  private static final int BATCH_ELEMENTS = 512;

  private static final long FIRST_WAIT_NANOS = 50_000;
  private static final long MAX_WAIT_NANOS = 10_000_000;

  /** Polls in vain, about a second of them, after which the longest wait is twice as long. */
  private static final int LONG_SILENCE = 128;

  private final SourceReader reader;
  private final CurrentElement current;
  private final int step;
  private boolean done;

  /** Polls in a row that gave nothing. */
  private int emptyPolls;

  /**
   * @param reader what to read
   * @param current the task's, whose running step is the source's
   */
  SourceInput(SourceReader reader, CurrentElement current) {
    this.reader = reader;
    this.current = current;
    this.step = current.step();
  }

  @Override
  public void open() throws Exception {
    current.step(step);
    reader.open();
  }

  @Override
  public int feed(OperatorChain chain, int maxElements) throws Exception {
    if (done) {
      return -1;
    }
    current.step(step);
    Feeder feeder = new Feeder(chain, current, step);
    SourceReader.Status status =
        reader.poll(feeder, current, Math.min(BATCH_ELEMENTS, maxElements));
    chain.passOn();
    done = status == SourceReader.Status.DONE;
    emptyPolls = feeder.count == 0 ? emptyPolls + 1 : 0;
    return feeder.count == 0 && status == SourceReader.Status.IDLE ? -1 : feeder.count;
  }

  @Override
  public void bundleEnded() throws Exception {
    current.step(step);
    reader.bundleEnded();
  }

  @Override
  public long barrier(long requested) {
    return requested;
  }

  @Override
  public List<byte[]> positions() throws Exception {
    current.step(step);
    return reader.positions();
  }

  @Override
  public void positionsCommitted() throws Exception {
    current.step(step);
    reader.positionsCommitted();
  }

  @Override
  public boolean hasEnded() {
    return done;
  }

  @Override
  public long watermarkMillis() {
    current.step(step);
    return done ? BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis() : reader.watermarkMillis();
  }

  @Override
  public void drain() throws Exception {
    if (!done) {
      done = true;
      current.step(step);
      reader.drained();
    }
  }

  @Override
  public boolean onQuiescence() {
    boolean moves = !done && reader.onQuiescence();
    if (moves) {
      emptyPolls = 0;
    }
    return moves;
  }

  /**
   * A source cannot wake its task: it is asked again, ever more rarely while it has nothing. That
   * its watermark goes on, as one does that follows the clock, is no sign of elements.
   */
  @Override
  public long idleNanos(int idleSteps) {
    return done
        ? MAX_WAIT_NANOS
        : Math.min(
            emptyPolls > LONG_SILENCE ? 2 * MAX_WAIT_NANOS : MAX_WAIT_NANOS,
            FIRST_WAIT_NANOS << Math.min(Math.max(idleSteps, emptyPolls - 1), 10));
  }

  @Override
  public void close() throws Exception {
    current.step(step);
    reader.close();
  }

  /** Begins the bundle with the first element and counts. */
  private static final class Feeder implements Receiver {
    private final OperatorChain chain;
    private final Receiver head;
    private final CurrentElement current;
    private final int step;
    private int count;

    Feeder(OperatorChain chain, CurrentElement current, int step) {
      this.chain = chain;
      this.head = chain.head();
      this.current = current;
      this.step = step;
    }

    @Override
    public void receive(@Nullable Object value) {
      if (count++ == 0) {
        chain.beginBundle();
      }
      head.receive(value);
      current.step(step);
    }
  }
}
