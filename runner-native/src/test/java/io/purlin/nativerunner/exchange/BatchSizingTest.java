package io.purlin.nativerunner.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.time.ManualClock;
import org.junit.jupiter.api.Test;

/** How full batches come to a receiver, by how fast it works. */
class BatchSizingTest {
  private static final int CREDITS = 8;
  private static final int ROOM = 256;

  private final ManualClock clock = new ManualClock(1_000);
  private final Wires wires = new Wires(2, CREDITS, ROOM);
  private final ExchangeWriter writer = wires.writer();
  private final InputGate gate = new InputGate(wires.channels);
  private final BatchSizing sizing = new BatchSizing(gate, clock);

  /** The size of the next batch that is begun, when there is more than enough to send. */
  private int next() {
    for (int i = 0; i < ROOM; i++) {
      wires.send(writer, i, 0);
    }
    writer.flush();
    int size = 0;
    for (Batch batch = gate.poll(); batch != null; batch = gate.poll()) {
      size = Math.max(size, batch.size());
      gate.release(batch);
    }
    return size;
  }

  private void work(int elements, long millis) {
    sizing.begin();
    clock.advance(millis);
    sizing.end(elements);
  }

  @Test
  void batchesAreSmallUntilItIsKnownHowFastItIs() {
    assertThat(next()).isEqualTo(BatchSizing.FIRST);
  }

  @Test
  void whatIsQueuedIsWorkedOffInATenthOfASecond() {
    work(300, 30);
    // 10 elements/ms; 1,000 of them in 16 batches.
    assertThat(next()).isEqualTo(1_000 / (2 * CREDITS));
  }

  @Test
  void whoIsFastIsSentFullBatches() {
    work(10_000, 0);
    assertThat(next()).isEqualTo(ROOM);
  }

  @Test
  void whoIsSlowIsSentFewButNotSingleElements() {
    work(1, 5_000);
    assertThat(next()).isEqualTo(16);
  }

  @Test
  void aShortLookSaysNothing() {
    work(1, 19);
    assertThat(next()).isEqualTo(BatchSizing.FIRST);
    work(1_999, 1);
    assertThat(next()).isEqualTo(ROOM);
  }
}
