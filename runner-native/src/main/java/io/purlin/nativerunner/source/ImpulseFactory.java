package io.purlin.nativerunner.source;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.metrics.Consumed;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;

/** Emits one empty byte array at the beginning of time, from the first task. */
public final class ImpulseFactory implements SourceFactory {
  @Override
  public List<SourceReader> createReaders(SourceContext context) {
    return createReaders(context, List.of());
  }

  /** A position says that the element has been emitted. */
  @Override
  public List<SourceReader> createReaders(SourceContext context, List<byte[]> positions) {
    List<SourceReader> readers = new ArrayList<>(new EmptySourceFactory().createReaders(context));
    readers.set(0, new Reader(!positions.isEmpty()));
    return readers;
  }

  /** Emits the element, then is done. */
  private static final class Reader implements SourceReader {
    private boolean emitted;

    Reader(boolean emitted) {
      this.emitted = emitted;
    }

    @Override
    public void open() {}

    @Override
    public Status poll(Receiver receiver, CurrentElement current, int maxElements) {
      if (!emitted) {
        emitted = true;
        current.set(
            BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis(),
            CurrentElement.GLOBAL,
            PaneInfo.NO_FIRING,
            Marks.NONE);
        receiver.receive(new byte[0]);
      }
      return Status.DONE;
    }

    @Override
    public List<byte[]> positions() {
      return emitted ? List.of(new byte[0]) : List.of();
    }

    @Override
    public long watermarkMillis() {
      return BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
    }

    @Override
    public Consumed consumed() {
      return Consumed.NOTHING;
    }

    @Override
    public void close() {}
  }
}
