package io.purlin.nativerunner.source;

import io.purlin.nativerunner.metrics.Consumed;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.io.BoundedSource;
import org.jspecify.annotations.Nullable;

/**
 * How far the splits of a bounded source have been read. Tasks tell when they begin and end a
 * split; any thread asks, and only then the readers are asked, as Beam allows it while they read.
 */
final class BoundedProgress {
  private final int total;
  private final AtomicInteger finished;
  private final Set<Split> open = ConcurrentHashMap.newKeySet();

  /**
   * Of splits that nobody reads yet.
   *
   * @param total all splits
   * @param finished of these, the ones that were read before
   */
  BoundedProgress(int total, int finished) {
    this.total = total;
    this.finished = new AtomicInteger(finished);
  }

  /** A split is being read. */
  Split begin(BoundedSource.BoundedReader<?> reader) {
    Split begun = new Split(reader);
    open.add(begun);
    return begun;
  }

  /** How much has been read. Where no split is finished and no reader knows, nobody does. */
  Consumed consumed() {
    double done = finished.get();
    for (Split each : open) {
      done += each.fraction();
    }
    return done == 0 && total == 1 ? Consumed.UNKNOWN : new Consumed(Math.min(total, done), total);
  }

  /** A split that is being read. Its lock keeps a reader from being asked that is closed. */
  final class Split {
    private BoundedSource.@Nullable BoundedReader<?> reader;

    private Split(BoundedSource.BoundedReader<?> reader) {
      this.reader = reader;
    }

    /** From 0 to 1; 0 also for a reader that does not know. */
    private synchronized double fraction() {
      try {
        Double said = reader == null ? null : reader.getFractionConsumed();
        return said == null || said.isNaN() ? 0 : Math.max(0, Math.min(1, said));
      } catch (RuntimeException e) {
        // It is asked only to be shown: a job does not fail of that.
        return 0;
      }
    }

    /**
     * The reader is about to be closed; it is not asked any more.
     *
     * @param atItsEnd whether all of the split was read
     */
    void end(boolean atItsEnd) {
      if (atItsEnd) {
        finished.incrementAndGet();
      }
      synchronized (this) {
        reader = null;
      }
      open.remove(this);
    }
  }
}
