package io.purlin.nativerunner.exchange;

import io.purlin.nativerunner.time.Clock;

/**
 * Has the batches of a gate's channels filled so far that what is queued is worked off in about a
 * tenth of a second: a barrier waits behind it, in every channel, and so does a watermark.
 *
 * <p>How fast the receiver is is measured while it works on batches, since what it is waiting for
 * says nothing. One that is fast is sent full batches. (The idea is that of Flink's buffer
 * debloating, FLIP-183, which sizes buffers by bytes.) Owned by the receiving task's thread.
 */
public final class BatchSizing {
  /** Until it is known how fast the receiver is. */
  static final int FIRST = 64;

  private static final int LEAST = 16;
  private static final long QUEUED_MILLIS = 100;

  /** Work of this length says how fast it is. */
  private static final long MEASURED_MILLIS = 20;

  /** As many elements in less time than that say that it is fast. */
  private static final long MEASURED_ELEMENTS = 10_000;

  private final InputGate gate;
  private final Clock clock;
  private long beganAt;
  private long workedMillis;
  private long elements;

  /** For the gate's reader; its channels are filled a little at first. */
  public BatchSizing(InputGate gate, Clock clock) {
    this.gate = gate;
    this.clock = clock;
    gate.fillBatches(FIRST);
  }

  /** The receiver begins to work on elements. */
  public void begin() {
    beganAt = clock.millis();
  }

  /** It has worked on so many since. */
  public void end(int count) {
    workedMillis += clock.millis() - beganAt;
    elements += count;
    if (workedMillis < MEASURED_MILLIS && elements < MEASURED_ELEMENTS) {
      return;
    }
    long queued = elements * QUEUED_MILLIS / Math.max(1, workedMillis);
    gate.fillBatches((int) Math.max(LEAST, Math.min(Integer.MAX_VALUE, queued / gate.credits())));
    workedMillis = 0;
    elements = 0;
  }
}
