package io.purlin.nativerunner.source;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.sdk.connector.SplitOutput;
import io.purlin.sdk.connector.SplitReader;
import io.purlin.sdk.faults.KillPoint;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;

/**
 * Reads the splits that a connector gave to one task.
 *
 * <p>Owned by the task's thread. Watermark = max(previous, what the connector says), and the end of
 * time once the connector's reader has ended. Without checkpoints the connector is told at the
 * {@link FinalizationPace} that its positions are final.
 *
 * @param <T> the elements
 */
final class ConnectorReader<T> implements SourceReader {
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  private final SplitReader<T> reader;
  private final FinalizationPace pace;
  private long watermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private boolean ended;

  ConnectorReader(SplitReader<T> reader, SourceContext context) {
    this.reader = reader;
    this.pace = new FinalizationPace(context);
  }

  @Override
  public void open() {
    reader.open();
  }

  @Override
  public Status poll(Receiver receiver, CurrentElement current, int maxElements) {
    finalizeIfDue();
    if (reader.poll(new Emitter<>(receiver, current), maxElements) > 0) {
      pace.emitted();
      return Status.MORE;
    }
    ended = reader.hasEnded();
    finalizeIfDue();
    return ended ? Status.DONE : Status.IDLE;
  }

  @Override
  public void bundleEnded() {
    pace.bundleEnded();
    finalizeIfDue();
  }

  @Override
  public void drained() {
    ended = true;
    finalizeIfDue();
  }

  private void finalizeIfDue() {
    if (pace.isDue(ended)) {
      reader.positions();
      reader.positionsCommitted();
    }
  }

  @Override
  public List<byte[]> positions() {
    return reader.positions();
  }

  @Override
  public void positionsCommitted() {
    reader.positionsCommitted();
    KillPoint.FINALIZING.hit();
  }

  @Override
  public long watermarkMillis() {
    long said = ended ? END : reader.watermarkMillis();
    // The end of time is believed only of a reader that has nothing more to give.
    if (ended || said < END) {
      watermark = Math.max(watermark, said);
    }
    return watermark;
  }

  @Override
  public void close() {
    reader.close();
  }

  /** Puts elements into the chain, with their time. */
  private record Emitter<T>(Receiver receiver, CurrentElement current) implements SplitOutput<T> {
    @Override
    public void emit(T element, long timestampMillis) {
      current.set(timestampMillis, CurrentElement.GLOBAL, PaneInfo.NO_FIRING, Marks.NONE);
      receiver.receive(element);
    }
  }
}
