package io.purlin.nativerunner.source;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import java.io.IOException;
import java.util.Queue;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.jspecify.annotations.Nullable;

/**
 * Takes splits of a bounded source from a queue that all tasks share, and reads them one after the
 * other. Owned by the task's thread. The watermark stays at the beginning until all is read.
 */
final class BoundedReader implements SourceReader {
  private final Queue<BoundedSource<?>> splits;
  private final PipelineOptions options;
  private BoundedSource.@Nullable BoundedReader<?> reader;

  BoundedReader(Queue<BoundedSource<?>> splits, PipelineOptions options) {
    this.splits = splits;
    this.options = options;
  }

  @Override
  public void open() {}

  @Override
  public Status poll(Receiver receiver, CurrentElement current, int maxElements)
      throws IOException {
    BoundedSource.BoundedReader<?> open = reader;
    boolean available;
    if (open == null) {
      BoundedSource<?> split = splits.poll();
      if (split == null) {
        return Status.DONE;
      }
      open = split.createReader(options);
      reader = open;
      available = open.start();
    } else {
      available = open.advance();
    }
    for (int i = 1; available; i++) {
      current.set(
          open.getCurrentTimestamp().getMillis(),
          CurrentElement.GLOBAL,
          PaneInfo.NO_FIRING,
          Marks.NONE);
      receiver.receive(open.getCurrent());
      if (i >= maxElements) {
        return Status.MORE;
      }
      available = open.advance();
    }
    open.close();
    reader = null;
    return Status.MORE;
  }

  @Override
  public long watermarkMillis() {
    return BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
