package io.purlin.nativerunner.source;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.sdk.faults.KillPoint;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;

/**
 * Reads the splits of an unbounded source that one task was given, a batch from each in turn.
 *
 * <p>Owned by the task's thread. Watermark = min over the splits, asked of the source once per
 * batch. Without checkpoints a mark is taken and finalized at the {@link FinalizationPace}. With
 * checkpoints the marks are those of positions, and finalized when these are committed.
 */
final class UnboundedReader implements SourceReader {
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  private final List<UnboundedSplit<?, ?>> splits;
  private final SourceContext context;
  private final FinalizationPace pace;
  private int next;
  private boolean ended;

  UnboundedReader(List<UnboundedSplit<?, ?>> splits, SourceContext context) {
    this.context = context;
    this.splits = List.copyOf(splits);
    this.pace = new FinalizationPace(context);
  }

  @Override
  public void open() throws Exception {
    for (UnboundedSplit<?, ?> split : splits) {
      split.open(context.options());
    }
  }

  @Override
  public Status poll(Receiver receiver, CurrentElement current, int maxElements) throws Exception {
    finalizeIfDue();
    boolean allEnded = true;
    for (int i = 0; i < splits.size(); i++) {
      UnboundedSplit<?, ?> split = splits.get(next);
      next = next + 1 == splits.size() ? 0 : next + 1;
      if (split.hasEnded()) {
        continue;
      }
      if (split.read(receiver, current, maxElements) > 0) {
        pace.emitted();
        return Status.MORE;
      }
      allEnded &= split.hasEnded();
    }
    ended = allEnded;
    finalizeIfDue();
    return ended ? Status.DONE : Status.IDLE;
  }

  @Override
  public void bundleEnded() throws Exception {
    pace.bundleEnded();
    finalizeIfDue();
  }

  @Override
  public void drained() throws Exception {
    ended = true;
    finalizeIfDue();
  }

  private void finalizeIfDue() throws Exception {
    if (pace.isDue(ended)) {
      for (UnboundedSplit<?, ?> split : splits) {
        split.finalizeMark();
      }
    }
  }

  @Override
  public List<byte[]> positions() throws Exception {
    List<byte[]> positions = new ArrayList<>();
    for (UnboundedSplit<?, ?> split : splits) {
      positions.add(split.position());
    }
    return positions;
  }

  @Override
  public void positionsCommitted() throws Exception {
    for (UnboundedSplit<?, ?> split : splits) {
      split.finalizeTaken();
      KillPoint.FINALIZING.hit();
    }
  }

  @Override
  public long watermarkMillis() {
    long lowest = END;
    for (UnboundedSplit<?, ?> split : splits) {
      lowest = Math.min(lowest, split.watermarkMillis());
    }
    return lowest;
  }

  @Override
  public void close() throws Exception {
    @Nullable Exception first = null;
    for (UnboundedSplit<?, ?> split : splits) {
      try {
        split.close();
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
