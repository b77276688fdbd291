package io.purlin.conformance.crash;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.source.SourceContext;
import io.purlin.nativerunner.source.SourceFactory;
import io.purlin.nativerunner.source.SourceReader;
import io.purlin.nativerunner.source.TestStreamFactory;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;

/**
 * Reads another source at the pace of the run.
 *
 * @param source the other
 * @param pace asked for the pace of the run that begins
 */
record PacedSource(SourceFactory source, Paces pace) implements SourceFactory {
  private static final long PAUSE_NANOS = 100_000;

  /** Knows the pace of the run that begins. */
  interface Paces {
    Pace ofThisRun();
  }

  @Override
  public List<SourceReader> createReaders(SourceContext context) throws Exception {
    return paced(source.createReaders(context));
  }

  @Override
  public List<SourceReader> createReaders(SourceContext context, List<byte[]> positions)
      throws Exception {
    return paced(source.createReaders(context, positions));
  }

  private List<SourceReader> paced(List<SourceReader> readers) {
    boolean events = source instanceof TestStreamFactory;
    return readers.stream()
        .<SourceReader>map(each -> new Reader(each, pace.ofThisRun(), events))
        .toList();
  }

  /** Owned by the thread of the task that reads. */
  private static final class Reader implements SourceReader {
    private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

    private final SourceReader source;
    private final Pace pace;
    private final boolean events;
    private long given;
    private long watermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

    /**
     * @param events whether the source is a test stream, whose events are counted, not its elements
     */
    Reader(SourceReader source, Pace pace, boolean events) {
      this.source = source;
      this.pace = pace;
      this.events = events;
    }

    @Override
    public void open() throws Exception {
      source.open();
    }

    @Override
    public Status poll(Receiver receiver, CurrentElement current, int maxElements)
        throws Exception {
      pace.readingOn();
      long room = events ? maxElements : pace.allowed() - given;
      if (room <= 0) {
        return Status.IDLE;
      }
      Status status =
          source.poll(value -> count(value, receiver), current, (int) Math.min(maxElements, room));
      return status == Status.DONE && !pace.isFree() ? Status.IDLE : status;
    }

    private void count(@Nullable Object value, Receiver receiver) {
      given += events ? 0 : 1;
      receiver.receive(value);
    }

    @Override
    public void bundleEnded() throws Exception {
      source.bundleEnded();
    }

    @Override
    public List<byte[]> positions() throws Exception {
      return source.positions();
    }

    @Override
    public void positionsCommitted() throws Exception {
      source.positionsCommitted();
    }

    /** The end of time comes with the end of the source. */
    @Override
    public long watermarkMillis() {
      long millis = source.watermarkMillis();
      if (millis < END || pace.isFree()) {
        watermark = millis;
      }
      return watermark;
    }

    /** A job that is held up is not at rest. */
    @Override
    public boolean onQuiescence() {
      if (given >= pace.allowed()) {
        LockSupport.parkNanos(PAUSE_NANOS);
        return true;
      }
      given++;
      return source.onQuiescence() || !pace.isFree();
    }

    @Override
    public void close() throws Exception {
      source.close();
    }
  }
}
