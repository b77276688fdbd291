package io.purlin.nativerunner.source;

import io.purlin.nativerunner.time.Clock;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * How much more is read of a split of an unbounded source that is read as a bounded one. The time
 * begins when the split is opened first and goes on while the job is down.
 *
 * <p>Owned by the task's thread.
 */
final class ReadLimit {
  private static final long NOT_BEGUN = Long.MIN_VALUE;

  private final long forMillis;
  private long records;
  private long endMillis;

  /**
   * A limit of a split that nobody has opened.
   *
   * @param records how many are read at most; {@link Long#MAX_VALUE}: any number
   * @param forMillis for how many milliseconds of processing time; {@link Long#MAX_VALUE}: for ever
   */
  ReadLimit(long records, long forMillis) {
    this(records, forMillis, NOT_BEGUN);
  }

  private ReadLimit(long records, long forMillis, long endMillis) {
    this.records = records;
    this.forMillis = forMillis;
    this.endMillis = endMillis;
  }

  static ReadLimit readFrom(DataInputStream in) throws IOException {
    return new ReadLimit(in.readLong(), in.readLong(), in.readLong());
  }

  void writeTo(DataOutputStream out) throws IOException {
    out.writeLong(records);
    out.writeLong(forMillis);
    out.writeLong(endMillis);
  }

  /** The split is open. */
  void begin(Clock clock) {
    if (endMillis == NOT_BEGUN) {
      endMillis =
          forMillis == Long.MAX_VALUE ? Long.MAX_VALUE : Math.addExact(clock.millis(), forMillis);
    }
  }

  /** How many records may be read now; 0: the split is over. */
  int most(int maxElements, Clock clock) {
    return clock.millis() >= endMillis ? 0 : (int) Math.min(maxElements, records);
  }

  void read(int count) {
    if (records != Long.MAX_VALUE) {
      records -= count;
    }
  }
}
