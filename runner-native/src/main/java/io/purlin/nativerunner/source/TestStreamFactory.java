package io.purlin.nativerunner.source;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.time.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.testing.TestStream.Event;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.TimestampedValue;
import org.jspecify.annotations.Nullable;

/**
 * Plays the events of a {@code TestStream}, each when the whole job has come to rest after the one
 * before. Read by one task; the job must be stepped by one thread on a {@link ManualClock}, which
 * the stream's processing-time events set.
 */
public final class TestStreamFactory implements SourceFactory {
  private final TestStream<?> stream;

  /** A source that plays the given stream. */
  public TestStreamFactory(TestStream<?> stream) {
    this.stream = stream;
  }

  @Override
  public List<SourceReader> createReaders(SourceContext context) {
    return List.of(new Reader(stream, clock(context)));
  }

  /** A position is the number of events that were played, the watermark, and the time. */
  @Override
  public List<SourceReader> createReaders(SourceContext context, List<byte[]> positions)
      throws IOException {
    Reader reader = new Reader(stream, clock(context));
    for (byte[] position : positions) {
      reader.goTo(position);
    }
    return List.of(reader);
  }

  private static ManualClock clock(SourceContext context) {
    if (context.clock() instanceof ManualClock clock) {
      return clock;
    }
    throw new IllegalStateException("a TestStream needs a job that runs on a manual clock");
  }

  /** Plays the events. Owned by the thread that steps the job. */
  private static final class Reader implements SourceReader {
    private final Iterator<? extends Event<?>> events;
    private final ManualClock clock;
    private TestStream.@Nullable ElementEvent<?> pending;
    private int played;
    private long watermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

    Reader(TestStream<?> stream, ManualClock clock) {
      this.events = stream.getEvents().iterator();
      this.clock = clock;
    }

    void goTo(byte[] position) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(position));
      for (int before = in.readInt(); played < before; played++) {
        events.next();
      }
      watermark = in.readLong();
      clock.advanceTo(in.readLong());
    }

    @Override
    public void open() {}

    @Override
    public boolean onQuiescence() {
      if (!events.hasNext()) {
        return false;
      }
      Event<?> event = events.next();
      played++;
      if (event instanceof TestStream.ElementEvent<?> elements) {
        pending = elements;
      } else if (event instanceof TestStream.WatermarkEvent<?> advance) {
        watermark = Math.max(watermark, advance.getWatermark().getMillis());
      } else if (event instanceof TestStream.ProcessingTimeEvent<?> advance) {
        clock.advance(advance.getProcessingTimeAdvance().getMillis());
      }
      return true;
    }

    @Override
    public Status poll(Receiver receiver, CurrentElement current, int maxElements) {
      TestStream.ElementEvent<?> elements = pending;
      if (elements == null) {
        return events.hasNext() ? Status.IDLE : Status.DONE;
      }
      pending = null;
      for (TimestampedValue<?> element : elements.getElements()) {
        current.set(
            element.getTimestamp().getMillis(),
            CurrentElement.GLOBAL,
            PaneInfo.NO_FIRING,
            Marks.NONE);
        receiver.receive(element.getValue());
      }
      return Status.MORE;
    }

    @Override
    public List<byte[]> positions() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(pending == null ? played : played - 1);
      out.writeLong(watermark);
      out.writeLong(clock.millis());
      return List.of(bytes.toByteArray());
    }

    @Override
    public long watermarkMillis() {
      return watermark;
    }

    @Override
    public void close() {}
  }
}
