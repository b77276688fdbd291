package io.purlin.nativerunner.source;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.metrics.Consumed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.jspecify.annotations.Nullable;

/**
 * Takes splits of a bounded source from a queue that all tasks share, and reads them one after the
 * other. Owned by the task's thread. The watermark stays at the beginning until all is read.
 */
final class BoundedReader implements SourceReader {
  private final BoundedSplits splits;
  private final boolean first;
  private final PipelineOptions options;
  private final List<Integer> finished = new ArrayList<>();
  private BoundedSplits.@Nullable Split split;
  private BoundedSource.@Nullable BoundedReader<?> reader;
  private BoundedProgress.@Nullable Split shown;
  private long read;

  /**
   * @param first whether this is the one of the source's readers that speaks for all
   */
  BoundedReader(BoundedSplits splits, boolean first, PipelineOptions options) {
    this.splits = splits;
    this.first = first;
    this.options = options;
    if (first) {
      finished.addAll(splits.finishedBefore());
    }
  }

  @Override
  public void open() {}

  @Override
  public Status poll(Receiver receiver, CurrentElement current, int maxElements)
      throws IOException {
    BoundedSource.BoundedReader<?> open = reader;
    boolean available;
    if (open == null) {
      BoundedSplits.Split taken = splits.take();
      if (taken == null) {
        return Status.DONE;
      }
      split = taken;
      read = taken.skipped();
      open = taken.source().createReader(options);
      reader = open;
      shown = splits.progress().begin(open);
      available = read == 0 ? open.start() : skip(open, read) && open.advance();
    } else {
      available = open.advance();
    }
    for (int i = 1; available; i++) {
      current.set(
          open.getCurrentTimestamp().getMillis(),
          CurrentElement.GLOBAL,
          PaneInfo.NO_FIRING,
          Marks.NONE);
      read++;
      receiver.receive(open.getCurrent());
      if (i >= maxElements) {
        return Status.MORE;
      }
      available = open.advance();
    }
    finish(open);
    return Status.MORE;
  }

  /**
   * Reads over what was read before. What the source counts in doing so it has counted then.
   *
   * @param elements at least 1
   * @return whether there are as many
   */
  private static boolean skip(BoundedSource.BoundedReader<?> open, long elements)
      throws IOException {
    @Nullable MetricsContainer before =
        MetricsEnvironment.setCurrentContainer(new MetricsContainerImpl("skipped"));
    try {
      boolean available = open.start();
      for (long at = 1; available && at < elements; at++) {
        available = open.advance();
      }
      return available;
    } finally {
      MetricsEnvironment.setCurrentContainer(before);
    }
  }

  private void finish(BoundedSource.BoundedReader<?> open) throws IOException {
    ended(true);
    open.close();
    reader = null;
    if (split != null) {
      finished.add(split.index());
      split = null;
    }
  }

  private void ended(boolean atItsEnd) {
    if (shown != null) {
      shown.end(atItsEnd);
      shown = null;
    }
  }

  @Override
  public Consumed consumed() {
    return first ? splits.progress().consumed() : Consumed.NOTHING;
  }

  @Override
  public List<byte[]> positions() throws IOException {
    byte[] progress = BoundedSplits.progress(finished, split, read);
    if (!first) {
      return List.of(progress);
    }
    List<byte[]> all = new ArrayList<>(splits.begunBefore());
    all.add(splits.list());
    all.add(progress);
    return all;
  }

  @Override
  public long watermarkMillis() {
    return BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  }

  @Override
  public void close() throws IOException {
    ended(false);
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
