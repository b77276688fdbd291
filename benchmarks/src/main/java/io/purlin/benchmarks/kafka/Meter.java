package io.purlin.benchmarks.kafka;

import io.purlin.benchmarks.side.Reading;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Measures from the first record read, so that starting a runner or joining a group does not count,
 * to the last commit. One for the process; runs follow each other. Any thread may start it.
 */
final class Meter {
  private static final AtomicReference<@Nullable Reading> START = new AtomicReference<>();

  private Meter() {}

  /** Begins a run: nothing has been read yet. */
  static void reset() {
    START.set(null);
  }

  /** The first record is there. Later calls of a run do nothing, and cost a look. */
  static void start() {
    if (START.get() == null) {
      START.compareAndSet(null, Reading.now());
    }
  }

  /** Everything is committed: nanoseconds since the start, and those of all processors. */
  static long[] stop() {
    Reading start = START.get();
    if (start == null) {
      throw new IllegalStateException("nothing was read");
    }
    return Reading.now().since(start);
  }
}
